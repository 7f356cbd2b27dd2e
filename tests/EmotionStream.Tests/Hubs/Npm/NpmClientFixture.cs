using System.Diagnostics;
using System.Text.Json;
using EmotionStream.Hubs;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace EmotionStream.Tests.Hubs.Npm;

/// <summary>The server and one run of the npm client's scenarios against it.</summary>
public sealed class NpmClientFixture : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _errors = [];
    private string _output = "";

    /// <summary>The scenario's error, null if it passed; fails if the scenario never reported.</summary>
    public string? ErrorOf(string scenario) =>
        _errors.TryGetValue(scenario, out var error) ? error : $"the scenario never ended; node said:\n{_output}";

    public async ValueTask InitializeAsync()
    {
        await using var server = await TestServer.StartAsync(builder => builder.Services
            .Configure<HubOptions<CameraHub>>(Hasten)
            .Configure<HubOptions<RoomHub>>(Hasten));
        await RunScenariosAsync(server.Address);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Hasten(HubOptions options)
    {
        options.KeepAliveInterval = TimeSpan.FromMilliseconds(200);
        options.ClientTimeoutInterval = TimeSpan.FromSeconds(4);
    }

    private async Task RunScenariosAsync(Uri server)
    {
        // Beside the sources, node finds the packages that the pages are built with.
        var script = Path.Combine(Repository.Folder, "tests", "EmotionStream.Tests", "Hubs", "Npm", "scenarios.js");
        var start = new ProcessStartInfo("node", [script, server.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TestTimeouts.Default);
        var errors = node.StandardError.ReadToEndAsync(CancellationToken.None);
        await node.StandardInput.WriteAsync(Convert.ToBase64String(TestPictures.Face("happy")));
        node.StandardInput.Close();
        try
        {
            while (await node.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                Record(line);
            }
        }
        catch (OperationCanceledException)
        {
            node.Kill(entireProcessTree: true);
        }

        _output += await errors;
    }

    private void Record(string line)
    {
        if (!line.StartsWith('{'))
        {
            _output += line + "\n";
            return;
        }

        var report = JsonDocument.Parse(line).RootElement;
        _errors[report.GetProperty("name").GetString()!] = report.GetProperty("error").GetString();
    }
}
