using EmotionStream.Contracts;

namespace EmotionStream.Tests.Rooms;

/// <summary>Which of a person's faces the room is told about.</summary>
public class MainFaceTests
{
    [Theory]
    [InlineData(0.98f, 0.30f, 0.98f, 0.20f, "first")]
    [InlineData(0.98f, 0.30f, 0.62f, 0.35f, "first")]
    [InlineData(0.98f, 0.30f, 0.80f, 0.35f, "second")]
    public void MainOf_GoesByConfidenceTimesArea(float firstScore, float firstSide, float secondScore, float secondSide, string expected)
    {
        var faces = new[] { Face("first", firstScore, firstSide), Face("second", secondScore, secondSide) };

        Assert.Equal(expected, FaceReading.MainOf(faces)?.Id);
    }

    [Fact]
    public void MainOf_Nobody_IsNull() => Assert.Null(FaceReading.MainOf([]));

    private static FaceReading Face(string id, float score, float side) => new(id, [0, 0, side, side], null, score, 0, [], [], "happy", 1, 0, 0, null);
}
