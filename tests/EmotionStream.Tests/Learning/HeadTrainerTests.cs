using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;

namespace EmotionStream.Tests.Learning;

public class HeadTrainerTests
{
    private static readonly ReplaySet Replay = MadeFaces.Replay();

    [Fact]
    public void Train_WithoutCorrections_LeavesTheHeadWhereItWas()
    {
        var head = Train([]);

        Assert.All(head.Weights.Zip(MadeFaces.Head.Weights), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void Train_OnMisreadFaces_GeneralizesToOthersOfTheGroup_AndUnlearnsNothing()
    {
        var unseen = MadeFaces.Misread(40, 4, seed: 9);

        var head = Train(MadeFaces.Misread(50, 5, seed: 3));

        Assert.Equal(0, HeadEvaluation.WeighedAccuracy(MadeFaces.Head, unseen));
        Assert.True(HeadEvaluation.WeighedAccuracy(head, unseen) > 0.9);
        Assert.Equal(1, HeadEvaluation.Figures(head, Replay.HeldOut, Replay.HeldOutLabels).Accuracy, 0.005);
    }

    [Fact]
    public void Train_AfterRemovingAContributor_GivesExactlyTheHeadWithoutThem()
    {
        var good = MadeFaces.Misread(30, 5, seed: 3);
        var bad = MadeFaces.Misread(20, 1, seed: 4).ConvertAll(face => face with { Contributor = "bad", Label = 5 });
        List<LabeledFace> all = [.. good.Take(15), .. bad, .. good.Skip(15)];

        var without = Train([.. all.Where(face => face.Contributor != "bad")]);

        Assert.Equal(Train(good), without);
        Assert.NotEqual(Train(all), without);
    }

    [Fact]
    public void Train_WhenCanceled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var trainer = new HeadTrainer(MadeFaces.Head, Replay.Training, []);

        Assert.Throws<OperationCanceledException>(() => trainer.Train(_ => cancellation.Cancel(), () => { }, cancellation.Token));
    }

    [Fact]
    public void Influence_OfWhoeverGivesMany_IsThatOfTen()
    {
        List<LabeledFace> faces = [.. MadeFaces.Misread(200, 1, seed: 1), .. MadeFaces.Misread(5, 1, seed: 2).ConvertAll(face => face with { Contributor = "other" })];

        var weights = Influence.Of(faces);

        Assert.Equal(Influence.OfOnePerson, weights[..200].Sum(), 1e-3f);
        Assert.Equal(5, weights[200..].Sum());
    }

    private static EmotionHead Train(List<LabeledFace> corrections) =>
        new HeadTrainer(MadeFaces.Head, Replay.Training, corrections).Train(_ => { }, () => { }, TestContext.Current.CancellationToken);
}
