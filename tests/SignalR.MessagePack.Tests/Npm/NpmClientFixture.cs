using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EmotionStream.SignalR.MessagePack.Tests.Npm;

/// <summary>A real server and one run of the npm client's scenarios against it.</summary>
public sealed class NpmClientFixture : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, string?> _errors = [];
    private string _output = "";

    /// <summary>The scenario's error, null if it passed; fails if the scenario never reported.</summary>
    public string? ErrorOf(string scenario) =>
        _errors.TryGetValue(scenario, out var error) ? error : $"the scenario never ended; node said:\n{_output}";

    public async ValueTask InitializeAsync()
    {
        await using var server = CreateServer();
        await server.StartAsync(TestContext.Current.CancellationToken);
        await RunScenariosAsync(server.Urls.Single());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static WebApplication CreateServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<HubProbe>();
        builder.Services.AddSignalR(ConfigureHub).AddMessagePackProtocol();

        // Only this protocol: a scenario that passes can't have fallen back to JSON.
        builder.Services.RemoveAll<IHubProtocol>();
        builder.Services.AddSingleton<IHubProtocol, MessagePackHubProtocol>();

        var server = builder.Build();
        server.UseWebSockets();
        server.MapHub<TestHub>("/hub", options => options.AllowStatefulReconnects = true);
        return server;
    }

    private static void ConfigureHub(HubOptions options)
    {
        options.KeepAliveInterval = TimeSpan.FromMilliseconds(200);
        options.ClientTimeoutInterval = TimeSpan.FromSeconds(4);
        options.MaximumReceiveMessageSize = 1 << 20;

        // A hub method that waits for its client's answer needs a second call in flight.
        options.MaximumParallelInvocationsPerClient = 4;
    }

    private async Task RunScenariosAsync(string url)
    {
        var folder = typeof(NpmClientFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "NodeFolder").Value!;
        var start = new ProcessStartInfo("node", ["scenarios.js", $"{url}/hub"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        var errors = node.StandardError.ReadToEndAsync(CancellationToken.None);
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
