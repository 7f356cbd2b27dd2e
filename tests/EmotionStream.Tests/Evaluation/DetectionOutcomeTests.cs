using System.Numerics;
using EmotionStream.Faces;
using EmotionStream.Tools.Evaluation.Faces;

namespace EmotionStream.Tests.Evaluation;

public class DetectionOutcomeTests
{
    private static readonly FaceBox Left = new(0, 0, 40, 40);
    private static readonly FaceBox Right = new(100, 0, 40, 40);
    private static readonly FaceBox Nowhere = new(300, 300, 40, 40);

    [Fact]
    public void AveragePrecision_OfAKnownOrder_IsTheAreaUnderTheMonotoneCurve()
    {
        // Right, wrong, right for two faces: precision 1 at recall 1/2, 2/3 at recall 1.
        var outcome = new DetectionOutcome();
        outcome.Add([Face(Left, 0.9f), Face(Nowhere, 0.8f), Face(Right, 0.7f)], [Left, Right], [true, true]);

        Assert.Equal((1 + (2 / 3.0)) / 2, outcome.AveragePrecision, 9);
        Assert.Equal(2, outcome.Faces);
        Assert.Equal(1, outcome.MeanOverlap, 6);
    }

    [Fact]
    public void AveragePrecision_OfAFaceNotFound_IsBoundedByTheRecall()
    {
        var outcome = new DetectionOutcome();
        outcome.Add([Face(Left, 0.9f)], [Left, Right], [true, true]);

        Assert.Equal(0.5, outcome.AveragePrecision, 9);
    }

    [Fact]
    public void Add_OfTwoBoxesOnOneFace_CallsTheSecondWrong()
    {
        var outcome = new DetectionOutcome();
        outcome.Add([Face(Left, 0.9f), Face(Left, 0.8f)], [Left], [true]);

        Assert.Equal(1, outcome.RecallAt(0.5));
        Assert.Equal(0, OutcomeOf([Face(Nowhere, 0.9f), Face(Left, 0.8f)]).RecallAtFalseRate(0.1));
        Assert.Equal(1, OutcomeOf([Face(Nowhere, 0.9f), Face(Left, 0.8f)]).RecallAtFalseRate(1));
    }

    [Fact]
    public void Add_OfAFaceThatDoesNotCount_IsNeitherRightNorWrong()
    {
        var outcome = new DetectionOutcome();
        outcome.Add([Face(Right, 0.95f), Face(Left, 0.9f)], [Left, Right], [true, false]);

        Assert.Equal(1, outcome.Faces);
        Assert.Equal(1, outcome.AveragePrecision, 9);
    }

    [Fact]
    public void Add_OfAWrongBoxOutsideTheSizes_LeavesItOut()
    {
        var outcome = new DetectionOutcome();
        outcome.Add([Face(Nowhere, 0.95f), Face(Left, 0.9f)], [Left], [true], 60, 100);

        Assert.Equal(1, outcome.AveragePrecision, 9);
    }

    [Theory]
    [InlineData(13, true)] // 27 of 53 pixels in common: 0.509
    [InlineData(14, false)] // 26 of 54: 0.481
    public void Add_CountsABox_FromHalfInCommonOn(float shift, bool isFound)
    {
        var outcome = OutcomeOf([Face(Left with { X = shift }, 0.9f)]);

        Assert.Equal(isFound ? 1 : 0, outcome.RecallAt(0.5));
    }

    [Fact]
    public void RecallAt_LeavesOutWeakerBoxes() => Assert.Equal(0, OutcomeOf([Face(Left, 0.59f)]).RecallAt(0.6));

    [Fact]
    public void Error_IsTheMeanDistanceInEyeDistances()
    {
        Vector2[] marked = [new(10, 10), new(30, 10), new(20, 20), new(12, 30), new(28, 30)];
        var found = new FacePoints(marked[0], marked[1] + new Vector2(0, 4), marked[2], marked[3] + new Vector2(6, 0), marked[4]);

        Assert.Equal((4 + 6) / 5.0 / 20, PointErrors.Error(found, marked), 6);
    }

    [Theory]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Quantile_LiesBetweenItsNeighbors(double share, double expected) =>
        Assert.Equal(expected, PointErrors.Quantile([4, 1, 3, 2], share), 9);

    [Fact]
    public void PointsFit_OfMarksAboveTheFace_IsFalse()
    {
        Vector2[] onFace = [new(14, 15), new(26, 15), new(20, 22), new(15, 29), new(25, 29)];
        var above = onFace.Select(point => point - new Vector2(0, 24)).ToArray();

        Assert.True(new AnnotatedFace(Left, 1, onFace, null).PointsFit);
        Assert.False(new AnnotatedFace(Left, 1, above, null).PointsFit);
    }

    private static DetectionOutcome OutcomeOf(DetectedFace[] found)
    {
        var outcome = new DetectionOutcome();
        outcome.Add(found, [Left], [true]);
        return outcome;
    }

    private static DetectedFace Face(FaceBox box, float score) => new(box, null, score);
}
