using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests.Kit;

/// <summary>The whole server in this process, on a real socket with a port of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    // For what a test gives no place for; the account's own data are none of its business.
    private static readonly Lazy<string> Scrap = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("es-scrap-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    });

    private readonly WebApplication _app;

    private TestServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where servers keep what they keep, unless a test says where.</summary>
    public static string DefaultData => Scrap.Value;

    public Uri Address { get; }

    public HttpClient CreateHttpClient() => new() { BaseAddress = Address };

    public static Task<TestServer> StartAsync(params string[] settings) =>
        StartAsync(builder => builder.Logging.ClearProviders(), settings);

    public static async Task<TestServer> StartAsync(Action<WebApplicationBuilder> configure, params string[] settings)
    {
        var app = EmotionStreamServer.Create(["--urls", "http://127.0.0.1:0", $"--Storage:DataDirectory={DefaultData}", .. settings], configure);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(app);
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<HubTestClient> ConnectAsync(string protocol = "messagepack") => HubTestClient.ConnectAsync(Address, protocol);

    public Task<HubTestClient> ConnectToRoomsAsync(string protocol = "messagepack", bool reads = true) =>
        HubTestClient.ConnectAsync(Address, protocol, "/hubs/room", reads);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Asks the server to stop, as a signal would.</summary>
    public void RequestStop() => _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public async ValueTask DisposeAsync()
    {
        // As a real server's end does; without it the models would be freed while frames are still at work.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
