using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace EmotionStream.Tests.Kit;

/// <summary>The server in a process of its own, which a test can kill as a failing machine would.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Pause = 19;

    private readonly Process _process;

    private readonly Task<string> _errors;

    private ServerProcess(Process process, Task<string> errors, Uri address) => (_process, _errors, Address) = (process, errors, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to standard error, once it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

    public static Task<ServerProcess> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    public static Task<ServerProcess> StartAsync(Action<IDictionary<string, string?>> setEnvironment, params string[] settings) =>
        StartAsync([], setEnvironment, settings);

    /// <param name="under">A program with its arguments that starts the server in its own place, such as prlimit; none by default.</param>
    public static async Task<ServerProcess> StartAsync(string[] under, Action<IDictionary<string, string?>> setEnvironment, params string[] settings)
    {
        var start = new ProcessStartInfo(under is [var program, ..] ? program : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        setEnvironment(start.Environment);
        foreach (var argument in (string[])[
            .. under.Length > 0 ? [.. under[1..], "dotnet"] : Array.Empty<string>(),
            Path.Combine(AppContext.BaseDirectory, "EmotionStream.dll"), "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. settings])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            return new ServerProcess(process, errors, await AddressAsync(process, errors));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Ends it at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Lets it hang: its sockets stay open, and nothing answers.</summary>
    public void Hang() => Assert.Equal(0, Signal(_process.Id, Pause));

    /// <summary>Asks it to stop, as a service manager would, and waits until it has.</summary>
    public async Task StopAsync()
    {
        Assert.Equal(0, Signal(_process.Id, Terminate));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, $"The server ended with {_process.ExitCode}: {await ErrorsAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static async Task<Uri> AddressAsync(Process process, Task<string> errors)
    {
        var cancellation = TestContext.Current.CancellationToken;
        while (await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(TestTimeouts.Default, cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                // Read on, or the process would wait for its output to be taken.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException($"The server did not start: {await errors}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    [GeneratedRegex(@"listening on: (\S+)")]
    private static partial Regex Listening();
}
