using System.Diagnostics;
using System.Text.Json;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests;

/// <summary>The load generator against a real server.</summary>
public class LoadTests
{
    [Fact]
    public async Task Load_TellsWhatTheServerAnswered()
    {
        await using var server = await TestServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (json, svg) = (Path.Combine(folder.FullName, "load.json"), Path.Combine(folder.FullName, "load.svg"));
            var load = Path.Combine(Repository.Folder, "tests", "EmotionStream.Load", "bin", "Release", "net10.0", "EmotionStream.Load.dll");
            using var run = Process.Start(new ProcessStartInfo("dotnet",
                [load, "--url", server.Address.ToString(), "--cameras", "2", "--viewers", "1", "--seconds", "2", "--json", json, "--svg", svg])
            { RedirectStandardOutput = true })!;
            await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, run.ExitCode);
            var result = Assert.Single(JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).RootElement.EnumerateArray());
            Assert.True(result.GetProperty("goodput").GetDouble() > 0);
            Assert.True(result.GetProperty("p99").GetDouble() >= result.GetProperty("p50").GetDouble());
            Assert.True(result.GetProperty("updatesPerViewer").GetDouble() > 0);
            Assert.True(result.GetProperty("serverCores").GetDouble() > 0);
            Assert.Contains("<polyline", await File.ReadAllTextAsync(svg, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
