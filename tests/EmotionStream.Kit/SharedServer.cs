namespace EmotionStream.Tests.Kit;

/// <summary>One server for all tests of a class that leave it as they found it.</summary>
public class SharedServer : IAsyncLifetime
{
    private readonly string[] _settings;
    private TestServer? _server;

    public SharedServer()
        : this([])
    {
    }

    protected SharedServer(params string[] settings) => _settings = settings;

    internal TestServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_settings);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
