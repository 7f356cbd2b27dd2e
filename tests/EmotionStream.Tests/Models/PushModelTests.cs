using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using EmotionStream.Models;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Models;

/// <summary>deploy/push-model.sh against a real server; in ssh's and scp's place stand scripts that run the same here.</summary>
[SupportedOSPlatform("linux")]
public sealed class PushModelTests : IDisposable
{
    private const string Key = "a key of the operator's";
    private readonly DirectoryInfo _tools = Directory.CreateTempSubdirectory("es-push-");

    public PushModelTests()
    {
        // What ssh does with its arguments: joins them and gives them to the other side's shell.
        Write("ssh", "shift; exec sh -c \"$*\"");
        Write("scp", "exec cp \"$2\" \"${3#*:}\"");
    }

    public void Dispose() => _tools.Delete(recursive: true);

    [Fact]
    public async Task Push_WithTheKey_KeepsTheModelAndLetsItRun_AndLeavesNothingElse()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Rooms:OperatorKey={Key}"]);
        var before = Directory.GetDirectories(Path.GetTempPath(), "tmp.*").Length;

        var (exitCode, output) = await PushAsync(server, Key, "--activate", Path.Combine(AppContext.BaseDirectory, "models", "emotion.onnx"));

        Assert.True(exitCode == 0, output);
        Assert.Equal("emotion.onnx", server.Service<ModelVersions>().Active!.File);
        Assert.Contains("\"kind\":\"uploaded\"", output);
        Assert.True(Directory.GetDirectories(Path.GetTempPath(), "tmp.*").Length <= before);
    }

    [Fact]
    public async Task Push_OfABadModel_OrWithoutTheKey_FailsAndSaysWhy()
    {
        await using var server = await TestServer.StartAsync($"--Rooms:OperatorKey={Key}");
        var bad = Path.Combine(_tools.FullName, "bad model.onnx");
        await File.WriteAllTextAsync(bad, "no model", TestContext.Current.CancellationToken);

        var refused = await PushAsync(server, Key, bad);
        var stranger = await PushAsync(server, "not the key at all", bad);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("bad_model", refused.Output);
        Assert.NotEqual(0, stranger.ExitCode);
        Assert.Contains("operator_key_required", stranger.Output);
    }

    private async Task<(int ExitCode, string Output)> PushAsync(TestServer server, string key, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository(), "deploy", "push-model.sh")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. arguments, "server.example", server.Address.Port.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = $"{_tools.FullName}:{start.Environment["PATH"]}";
        start.Environment["OPERATOR_KEY"] = key;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TestTimeouts.Default);
        return (process.ExitCode, await output + await errors);
    }

    private void Write(string name, string script)
    {
        var path = Path.Combine(_tools.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EmotionStream.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
