using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;

namespace EmotionStream.Tests.Learning;

public class PromotionGateTests
{
    private static readonly ReplaySet Replay = MadeFaces.Replay();
    private static readonly PromotionGate Gate = new(Replay, MadeFaces.Head, minPeople: 3);
    private static readonly EmotionHead Better = Train(MadeFaces.Misread(50, 5, seed: 3));

    [Fact]
    public void Refuse_OfAHeadThatIsBetterAndHasUnlearntNothing_IsNothing() =>
        Assert.Null(Gate.Refuse(Better, MadeFaces.Head, MadeFaces.Misread(20, 4, seed: 5)));

    [Fact]
    public void Refuse_OfTheHeadThatIsActive_SaysItIsNotBetter() =>
        Assert.Contains("not better", Gate.Refuse(Better, Better, MadeFaces.Misread(20, 4, seed: 5)));

    [Fact]
    public void Refuse_OnTooFewCorrections_SaysSo() =>
        Assert.Contains("Only 5 corrections", Gate.Refuse(Better, MadeFaces.Head, MadeFaces.Misread(5, 5, seed: 5)));

    [Fact]
    public void Refuse_OnTwoPeoplesWord_SaysSo() =>
        Assert.Contains("come from 2 people", Gate.Refuse(Better, MadeFaces.Head, MadeFaces.Misread(200, 2, seed: 5)));

    [Fact]
    public void Refuse_OfAHeadThatHasUnlearntMore_SaysHowMuch()
    {
        var forgetful = Better with { Bias = [8, 0, 0, 0, 0, 0, 0, 0] };

        Assert.Contains("worse on the replay set", Gate.Refuse(forgetful, MadeFaces.Head, MadeFaces.Misread(20, 4, seed: 5)));
    }

    [Fact]
    public void Refuse_WhereOnePersonCarriesTheGain_SaysSo()
    {
        // Three agree with the shipped head; one person says otherwise, 200 times.
        var random = new Random(8);
        List<LabeledFace> heldOut = [.. MadeFaces.Misread(200, 1, seed: 5).ConvertAll(face => face with { Contributor = "loud" }),
            .. Enumerable.Range(0, 9).Select(i => new LabeledFace($"quiet {i % 3}", MadeFaces.Face(1, random, isMarked: true), 1))];

        Assert.Contains("Without one person's", Gate.Refuse(Better, MadeFaces.Head, heldOut));
    }

    [Fact]
    public void Shorten_OfAHeadThatWentTooFar_StopsWhereNoMoreIsLostThanMayBe()
    {
        var forgetful = Better with { Bias = [8, 0, 0, 0, 0, 0, 0, 0] };

        var shortened = Gate.Shorten(forgetful);

        Assert.NotEqual(MadeFaces.Head, shortened);
        Assert.Null(Gate.Refuse(shortened, MadeFaces.Head, MadeFaces.Misread(20, 4, seed: 5)));
        Assert.Equal(Better, Gate.Shorten(Better));
    }

    private static EmotionHead Train(List<LabeledFace> corrections) =>
        new HeadTrainer(MadeFaces.Head, Replay.Training, corrections).Train(_ => { }, () => { }, CancellationToken.None);
}
