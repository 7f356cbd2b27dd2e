using System.Diagnostics;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests;

/// <summary>The quickest of the faults that tests/EmotionStream.Chaos brings about, in small.</summary>
[Collection(nameof(Alone))]
public class ChaosTests
{
    [Theory]
    [InlineData("vanishing")]
    [InlineData("models")]
    public async Task Fault_LosesNothing_AndLeavesNothingBehind(string fault)
    {
        var chaos = Path.Combine(Repository.Folder, "tests", "EmotionStream.Chaos", "bin", "Release", "net10.0", "EmotionStream.Chaos.dll");
        using var run = Process.Start(new ProcessStartInfo("dotnet", [chaos, fault, "--scale", "0.01", "--seconds", "1", "--untimed"]) { RedirectStandardOutput = true })!;
        var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, said);
        Assert.Contains("nothing lost, all released", said, StringComparison.Ordinal);
    }
}
