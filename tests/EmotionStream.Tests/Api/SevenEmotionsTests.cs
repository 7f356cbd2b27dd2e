using EmotionStream.Api.Pictures;

namespace EmotionStream.Tests.Api;

public class SevenEmotionsTests
{
    [Fact]
    public void Percent_CountsContemptAsDisgust_AndLosesNothing()
    {
        // neutral, happy, surprise, sad, angry, disgust, fear, contempt
        var percent = SevenEmotions.Percent([0.05f, 0.1f, 0.15f, 0.05f, 0.2f, 0.15f, 0.1f, 0.2f]);

        Assert.Equal(35, percent["disgust"], 0.001);
        Assert.Equal(20, percent["angry"], 0.001);
        Assert.Equal(100, percent.Values.Sum(), 0.001);
        Assert.Equal("disgust", SevenEmotions.Dominant(percent));
    }
}
