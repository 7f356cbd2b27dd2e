namespace EmotionStream.Tests.Kit;

/// <summary>What a test cannot do without: where it is missing the test is skipped and says so; in CI, where all must be there, it fails.</summary>
internal static class Needs
{
    // .ci/run sets it, as most build services do.
    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") == "true";

    public static void That(bool isThere, string what)
    {
        Assert.SkipUnless(isThere || InCi, $"Needs {what}.");
        Assert.True(isThere, $"CI needs {what}.");
    }
}
