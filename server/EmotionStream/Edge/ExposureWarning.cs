using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>Says once, when the server has started, what an operator should know about who can reach it.</summary>
internal sealed partial class ExposureWarning(IServer server, IOptions<AccessOptions> options, IHostApplicationLifetime lifetime, ILogger<ExposureWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Look);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Look()
    {
        var exposed = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Where(IsExposed).ToList();
        if (exposed.Count == 0)
        {
            return;
        }

        if (options.Value.Keys is [])
        {
            LogOpen(string.Join(", ", exposed));
        }

        if (exposed.All(address => address.StartsWith("http:", StringComparison.Ordinal)))
        {
            LogPlain(string.Join(", ", exposed));
        }
    }

    private static bool IsExposed(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return host != "localhost" && !(IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Addresses} can be reached from other machines: anybody there may send pictures, clips and frames. Set Access:Keys to take them from callers with a key only")]
    private partial void LogOpen(string addresses);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Addresses} is not encrypted: browsers allow no camera there, and pictures can be read on their way. Set Edge:Certificate and an https:// address, or put a proxy in front that has them")]
    private partial void LogPlain(string addresses);
}
