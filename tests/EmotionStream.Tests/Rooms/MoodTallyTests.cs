using EmotionStream.Contracts;
using EmotionStream.Rooms;

namespace EmotionStream.Tests.Rooms;

public class MoodTallyTests
{
    private const int Neutral = 0;
    private const int Happy = 1;
    private const int Sad = 3;

    [Fact]
    public void Sum_OfNobody_IsAllZero()
    {
        var mood = new MoodTally().Sum();

        Assert.Equal(new float[8], mood.Emotions);
        Assert.Equal((0f, 0f, 0, 0f), (mood.Valence, mood.Arousal, mood.People, mood.Agreement));
    }

    [Fact]
    public void Sum_WeighsFacesByTheirCertainty()
    {
        var mood = Mood(Face(Happy, certainty: 0.9f, valence: 0.8f, arousal: 0.4f), Face(Sad, certainty: 0.3f, valence: -0.7f, arousal: -0.4f));

        Assert.Equal(0.75f, mood.Emotions[Happy], 1e-5f);
        Assert.Equal(0.25f, mood.Emotions[Sad], 1e-5f);
        Assert.Equal(1, mood.Emotions.Sum(), 1e-5f);
        Assert.Equal((0.75f * 0.8f) - (0.25f * 0.7f), mood.Valence, 1e-5f);
        Assert.Equal((0.75f * 0.4f) - (0.25f * 0.4f), mood.Arousal, 1e-5f);
    }

    [Theory]
    [InlineData(0.8f, 1, 0, 0)]
    [InlineData(0.21f, 1, 0, 0)]
    [InlineData(0.2f, 0, 1, 0)]
    [InlineData(0f, 0, 1, 0)]
    [InlineData(-0.2f, 0, 1, 0)]
    [InlineData(-0.21f, 0, 0, 1)]
    public void Sum_CountsAFaceByItsValence(float valence, int positive, int neutral, int negative)
    {
        var mood = Mood(Face(Neutral, valence: valence));

        Assert.Equal((positive, neutral, negative, 1), (mood.Positive, mood.Neutral, mood.Negative, mood.People));
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.5)]
    [InlineData(4, 0.25)]
    [InlineData(8, 0.125)]
    public void Agreement_OfFacesThatShareNothing_FallsWithTheirNumber(int faces, double agreement) =>
        Assert.Equal(agreement, Mood([.. Enumerable.Range(0, faces).Select(label => Face(label))]).Agreement, 1e-5);

    [Fact]
    public void Agreement_OfFacesThatAreAlike_IsOne() =>
        Assert.Equal(1, Mood([.. Enumerable.Repeat(Face(Happy), 20)]).Agreement, 1e-5f);

    private static RoomMood Mood(params FaceReading[] faces)
    {
        var tally = new MoodTally();
        tally.Add(faces);
        return tally.Sum();
    }

    private static FaceReading Face(int label, float certainty = 0.5f, float valence = 0, float arousal = 0)
    {
        var emotions = new float[8];
        emotions[label] = 1;
        return new FaceReading("1", [0, 0, 1, 1], null, 1, 0, emotions, emotions, EmotionLabels.All[label], certainty, valence, arousal, null);
    }
}
