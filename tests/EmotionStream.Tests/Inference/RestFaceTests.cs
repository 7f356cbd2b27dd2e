using EmotionStream.Faces.Emotion;

namespace EmotionStream.Tests.Inference;

/// <summary>A rest face reads neutral, other expressions stay within reach, and who rests neutral is left alone.</summary>
public class RestFaceTests
{
    [Theory]
    [InlineData(0.5f, 0f, 0f, 0.5f, 0f, 0f, 0f, 0f)]
    [InlineData(0.5f, 0.005f, 0.005f, 0.27f, 0.18f, 0.01f, 0.01f, 0.02f)]
    [InlineData(0.4f, 0f, 0f, 0f, 0f, 0f, 0f, 0.6f)]
    [InlineData(0.7f, 0.04f, 0.04f, 0.04f, 0.06f, 0.04f, 0.04f, 0.04f)]
    public void Judge_OfTheRestFaceItself_ReadsNeutral(params float[] rest)
    {
        float[] reading = [.. rest];

        RestFace.TryCreate(rest)!.Judge(reading);

        Assert.Equal(RestFace.RestsAt, reading[0], 3);
        Assert.Equal(1, reading.Sum(), 4);
    }

    [Fact]
    public void Judge_AgainstAFaceThatRestsNeutral_ChangesNothing()
    {
        var rest = RestFace.TryCreate([0.85f, 0.02f, 0.02f, 0.05f, 0.02f, 0.01f, 0.01f, 0.02f])!;
        float[] reading = [0.1f, 0.05f, 0.05f, 0.6f, 0.05f, 0.05f, 0.05f, 0.05f];
        float[] before = [.. reading];

        rest.Judge(reading);

        Assert.All(before.Zip(reading), pair => Assert.Equal(pair.First, pair.Second, 5));
    }

    [Fact]
    public void Judge_AgainstTheSaddestOfFaces_LeavesSadnessWithinReach()
    {
        var rest = RestFace.TryCreate([0, 0, 0, 1, 0, 0, 0, 0])!;
        float[] sad = [0.05f, 0.01f, 0.01f, 0.89f, 0.01f, 0.01f, 0.01f, 0.01f];
        float[] happy = [0.1f, 0.8f, 0.02f, 0.04f, 0.01f, 0.01f, 0.01f, 0.01f];

        rest.Judge(sad);
        rest.Judge(happy);

        Assert.Equal(0.89f / 0.05f / RestFace.MostLowered, sad[3] / sad[0], 2);
        Assert.Equal(3, Array.IndexOf(sad, sad.Max()));
        Assert.Equal(8, happy[1] / happy[0], 3);
    }

    [Fact]
    public void Judge_LowersOnlyWhatStandsOut_AndAllocatesNothing()
    {
        var rest = RestFace.TryCreate([0.6f, 0.01f, 0.01f, 0.3f, 0.05f, 0.01f, 0.01f, 0.01f])!;
        float[] even = [0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f];
        rest.Judge(even);

        var before = GC.GetAllocatedBytesForCurrentThread();
        rest.Judge(even);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(new[] { 1, 2, 4, 5, 6, 7 }, label => Assert.Equal(even[0], even[label], 5));
        Assert.True(even[3] < even[0] / 2);
    }

    [Theory]
    [InlineData(new float[0])]
    [InlineData(new[] { 1f })]
    [InlineData(new[] { 0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0 })]
    [InlineData(new[] { 0f, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new[] { 2f, -1, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new[] { float.NaN, 1, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new[] { float.PositiveInfinity, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new[] { 1f, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void TryCreate_OfWhatIsNoDistribution_IsNull(float[] reading) => Assert.Null(RestFace.TryCreate(reading));
}
