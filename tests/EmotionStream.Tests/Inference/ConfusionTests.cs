using EmotionStream.Faces.Emotion;
using EmotionStream.Tools.Evaluation.Emotions;

namespace EmotionStream.Tests.Inference;

public class ConfusionTests
{
    [Fact]
    public void Figures_OfACountedExample_AreThoseWorkedOutByHand()
    {
        // Truth a: 3 right, 1 called b. Truth b: 2 right, 2 called a. c never occurs but is answered nowhere.
        var confusion = Filled([[3, 1, 0], [2, 2, 0], [0, 0, 0]]);

        Assert.Equal(8, confusion.Total);
        Assert.Equal(5 / 8.0, confusion.Accuracy, 9);
        Assert.Equal(3 / 4.0, confusion.Recall(0), 9);
        Assert.Equal(2 / 4.0, confusion.Recall(1), 9);
        Assert.Equal(3 / 5.0, confusion.Precision(0), 9);
        Assert.Equal(2 / 3.0, confusion.Precision(1), 9);
        Assert.Equal(6 / 9.0, confusion.F1(0), 9);
        Assert.Equal(4 / 7.0, confusion.F1(1), 9);
        Assert.Equal((0.75 + 0.5) / 2, confusion.MeanRecall, 9);
        Assert.Equal(((6 / 9.0) + (4 / 7.0)) / 2, confusion.MacroF1, 9);
    }

    [Fact]
    public void Figures_OfALabelNeverRight_CountItAsZero()
    {
        var confusion = Filled([[4, 0], [1, 0]]);

        Assert.Equal(0.5, confusion.MeanRecall, 9);
        Assert.Equal(0, confusion.Precision(1));
        Assert.Equal(8 / 9.0 / 2, confusion.MacroF1, 9);
    }

    [Fact]
    public void Figures_OfNothing_AreZero()
    {
        var confusion = new Confusion(3);

        Assert.Equal(0, confusion.Accuracy);
        Assert.Equal(0, confusion.MeanRecall);
        Assert.Equal(0, confusion.MacroF1);
    }

    [Fact]
    public void ExpectedError_IsTheWeightedGapOfEachStep()
    {
        // Fifteenths: 0.95 and 0.97 share the last step, 0.5 lies alone. Gaps: |1 - 1.92| and |1 - 0.5|, over three answers.
        var calibration = new Calibration();
        calibration.Add(0, 0.95f, true);
        calibration.Add(0, 0.97f, false);
        calibration.Add(1, 0.5f, true);

        Assert.Equal((0.92 + 0.5) / 3, calibration.ExpectedError, 5);
        Assert.Equal([1, 2], calibration.Table.Select(step => step.Count));
        Assert.Equal(0.5, calibration.Table[1].Right);
        Assert.Equal(0.96, calibration.Table[1].Certainty, 5);
    }

    [Fact]
    public void ExpectedError_OfFullCertaintyAndAlwaysRight_IsZero()
    {
        var calibration = new Calibration();
        calibration.Add(0, 1, true);

        Assert.Equal(0, calibration.ExpectedError, 9);
        Assert.Equal(0, calibration.BalancedError, 9);
    }

    [Fact]
    public void BalancedError_CountsEveryLabelAlike()
    {
        // Three neutral answers, certain and right, and an angry one, as certain and wrong.
        var calibration = new Calibration();
        calibration.Add(0, 1, true);
        calibration.Add(0, 1, true);
        calibration.Add(0, 1, true);
        calibration.Add(4, 1, false);

        Assert.Equal(1 / 4.0, calibration.ExpectedError, 9);
        Assert.Equal(1 / 2.0, calibration.BalancedError, 9);
    }

    [Fact]
    public void LookMaps_AreMeans_AndEmptyWithoutPictures()
    {
        var looks = new LookMaps(2);
        looks.Add(1, [.. Enumerable.Repeat(0.25f, 36)]);
        looks.Add(1, [.. Enumerable.Repeat(0.75f, 36)]);

        Assert.Empty(looks.Means[0]);
        Assert.Equal(Enumerable.Repeat(0.5, 36), looks.Means[1]);
    }

    [Theory]
    [InlineData(0, 4, 0, 0, 0, 1, 0, 0, 4, 1, 0)] // 4 of 8 kept is not more than half: left out
    [InlineData(1, 6, 0, 1, 1, 1, 1, 0, 0, 0, 0)] // the single votes fall away
    [InlineData(1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0)] // two of two kept
    [InlineData(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)] // nothing is left
    [InlineData(0, 2, 0, 0, 0, 0, 0, 0, 0, 8, 0)] // most say unknown
    [InlineData(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10)] // most say no face
    public void Majority_FollowsTheProtocol(int counted, params int[] votes) =>
        Assert.Equal(counted == 1 ? 0 : null, FerPlusPack.Majority(votes));

    private static Confusion Filled(int[][] counts)
    {
        var confusion = new Confusion(counts.Length);
        for (var truth = 0; truth < counts.Length; truth++)
        {
            for (var answer = 0; answer < counts.Length; answer++)
            {
                for (var i = 0; i < counts[truth][answer]; i++)
                {
                    confusion.Add(truth, answer);
                }
            }
        }

        return confusion;
    }
}
