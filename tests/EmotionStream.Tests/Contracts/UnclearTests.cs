using System.Text.Json;
using EmotionStream.Contracts;

namespace EmotionStream.Tests.Contracts;

public sealed class UnclearTests
{
    [Theory]
    [InlineData(0.44f, true)]
    [InlineData(0.45f, false)]
    [InlineData(0.9f, false)]
    public void AReading_TooUncertainForAWord_SaysSo_AndAnyOtherSaysNothingOfIt(float certainty, bool unclear)
    {
        float[] shares = [certainty, 1 - certainty, 0, 0, 0, 0, 0, 0];
        var live = new FaceReading("1", [0, 0, 1, 1], null, 0.9f, 1, shares, shares, "neutral", certainty, 0, 0, null, Unclear: EmotionLabels.Unclear(certainty));
        var still = new StillFace("1", [0, 0, 1, 1], null, 0.9f, shares, "neutral", certainty, 0, 0, Unclear: EmotionLabels.Unclear(certainty));

        foreach (var json in (JsonElement[])[JsonSerializer.SerializeToElement(live, JsonSerializerOptions.Web), JsonSerializer.SerializeToElement(still, JsonSerializerOptions.Web)])
        {
            Assert.Equal(unclear, json.TryGetProperty("unclear", out var said) && said.GetBoolean());
            Assert.Equal(unclear, json.TryGetProperty("unclear", out _));
        }
    }
}
