using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Tests.Inference;

public class CircumplexTests
{
    // Valence and arousal, as docs and pages show them.
    private static readonly Dictionary<string, (float Valence, float Arousal)> Places = new()
    {
        ["neutral"] = (0, 0),
        ["happy"] = (0.8f, 0.4f),
        ["surprise"] = (0.2f, 0.8f),
        ["sad"] = (-0.7f, -0.4f),
        ["angry"] = (-0.6f, 0.7f),
        ["disgust"] = (-0.7f, 0.3f),
        ["fear"] = (-0.5f, 0.8f),
        ["contempt"] = (-0.5f, 0.1f),
    };

    public static TheoryData<string> Labels => [.. EmotionLabels.All];

    [Theory]
    [MemberData(nameof(Labels))]
    public void Place_OfOnePureLabel_IsThatLabels(string label) => Assert.Equal(Places[label], Circumplex.Place(Distribution((label, 1))));

    [Fact]
    public void Place_OfAMixture_LiesBetweenItsLabels()
    {
        var (valence, arousal) = Circumplex.Place(Distribution(("happy", 0.25f), ("sad", 0.75f)));

        Assert.Equal(-0.325f, valence, 1e-6f);
        Assert.Equal(-0.2f, arousal, 1e-6f);
    }

    [Fact]
    public void Place_OfAllLabelsAlike_IsTheirMean()
    {
        var (valence, arousal) = Circumplex.Place(Distribution([.. Places.Keys.Select(label => (label, 0.125f))]));

        Assert.Equal(Places.Values.Average(place => place.Valence), valence, 1e-6f);
        Assert.Equal(Places.Values.Average(place => place.Arousal), arousal, 1e-6f);
    }

    private static float[] Distribution(params (string Label, float Share)[] shares)
    {
        var emotions = new float[EmotionLabels.All.Count];
        foreach (var (label, share) in shares)
        {
            emotions[EmotionLabels.All.ToList().IndexOf(label)] = share;
        }

        return emotions;
    }
}
