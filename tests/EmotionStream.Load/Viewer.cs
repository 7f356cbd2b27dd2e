using Microsoft.AspNetCore.SignalR.Client;

namespace EmotionStream.Load;

/// <summary>Watches a room and counts its updates.</summary>
internal sealed class Viewer(Uri server) : IAsyncDisposable
{
    private readonly HubConnection _hub = Connections.To(server, "/hubs/room");

    public int Updates { get; private set; }

    public void Reset() => Updates = 0;

    public async Task WatchAsync(string room, CancellationToken cancellation)
    {
        await _hub.StartAsync(CancellationToken.None);
        try
        {
            var request = new Dictionary<string, object?> { ["room"] = room, ["rateHz"] = 5 };
            await foreach (var _ in _hub.StreamAsync<Dictionary<string, object>>("Watch", request, cancellation))
            {
                Updates++;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
