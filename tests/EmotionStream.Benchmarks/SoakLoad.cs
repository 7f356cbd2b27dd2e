using System.Net;
using System.Net.Http.Headers;
using EmotionStream.Load;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Client;

namespace EmotionStream.Benchmarks;

/// <summary>People as they come: cameras and viewers in rooms, two calls, uploads, somebody who leaves and somebody who comes, now and then a retraining.</summary>
internal sealed class SoakLoad(Uri server, int cameras) : IAsyncDisposable
{
    private const int Rooms = 4;
    private const int Viewers = 50;
    private const int Calls = 2;
    private const int Participants = 4;

    private static readonly TimeSpan ChangeEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UploadEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClipEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SignalEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetrainEvery = TimeSpan.FromMinutes(5);

    private readonly byte[][] _frames = Frames.Of("demo");
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _changing = new();
    private readonly List<(Camera Camera, CancellationTokenSource Ending, Task Sending)> _cameras = [];
    private readonly List<HubConnection> _participants = [];
    private readonly List<Task> _work = [];
    private int _came;

    /// <summary>Uploads that the server has taken.</summary>
    public int Uploads { get; private set; }

    /// <summary>Uploads that it had no room for.</summary>
    public int Refused { get; private set; }

    /// <summary>Milliseconds to the answers since the last call.</summary>
    public double[] TakeLatencies()
    {
        lock (_changing)
        {
            double[] latencies = [.. _cameras.SelectMany(each => each.Camera.Latencies)];
            _cameras.ForEach(each => each.Camera.Reset());
            return latencies;
        }
    }

    public async Task StartCamerasAsync(double framesPerSecond)
    {
        for (var i = 0; i < cameras; i++)
        {
            await AddCameraAsync(framesPerSecond);
        }
    }

    public async Task StopCamerasAsync()
    {
        while (_cameras.Count > 0)
        {
            await RemoveCameraAsync();
        }
    }

    /// <summary>Everything besides the cameras, until the end.</summary>
    public async Task StartOthersAsync(double framesPerSecond)
    {
        for (var i = 0; i < Viewers; i++)
        {
            var viewer = new Viewer(server);
            _work.Add(WatchAsync(viewer, $"room{i % Rooms}"));
        }

        for (var i = 0; i < Calls * Participants; i++)
        {
            _participants.Add(await JoinAsync($"call{i % Calls}"));
        }

        _work.Add(EveryAsync(SignalEvery, SignalAsync));
        _work.Add(EveryAsync(UploadEvery, () => UploadAsync("/api/v1/images", "image", "image/jpeg", _frames[0])));
        _work.Add(EveryAsync(ClipEvery, () => UploadAsync("/api/v1/videos", "video", "video/mp4", TestClips.Mp4)));
        _work.Add(EveryAsync(RetrainEvery, RetrainAsync));
        _work.Add(EveryAsync(ChangeEvery, async () =>
        {
            await RemoveCameraAsync();
            await AddCameraAsync(framesPerSecond);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_work);
        await StopCamerasAsync();
        foreach (var participant in _participants)
        {
            await participant.DisposeAsync();
        }

        _ending.Dispose();
    }

    private async Task AddCameraAsync(double framesPerSecond)
    {
        var camera = new Camera(server, new Pace(framesPerSecond, adapts: true));
        await camera.StartAsync($"room{_came % Rooms}", CancellationToken.None);
        var ending = new CancellationTokenSource();
        var sending = camera.SendAsync(_frames, (double)_came / cameras, ending.Token);
        _came++;
        lock (_changing)
        {
            _cameras.Add((camera, ending, sending));
        }
    }

    /// <summary>The one that has been there for longest; its connection ends without a word.</summary>
    private async Task RemoveCameraAsync()
    {
        (Camera Camera, CancellationTokenSource Ending, Task Sending) oldest;
        lock (_changing)
        {
            oldest = _cameras[0];
            _cameras.RemoveAt(0);
        }

        await oldest.Ending.CancelAsync();
        await oldest.Sending;
        await oldest.Camera.DisposeAsync();
        oldest.Ending.Dispose();
    }

    private async Task WatchAsync(Viewer viewer, string room)
    {
        await using (viewer)
        {
            await viewer.WatchAsync(room, _ending.Token);
        }
    }

    private async Task<HubConnection> JoinAsync(string room)
    {
        var hub = Connections.To(server, "/hubs/room");
        hub.On<object>("Joined", _ => { });
        hub.On<object>("Left", _ => { });
        hub.On<object, object>("Signalled", (_, _) => { });
        await hub.StartAsync();
        await hub.InvokeAsync<Dictionary<string, object>>("Join", new Dictionary<string, object?> { ["room"] = room, ["name"] = "somebody" });
        return hub;
    }

    /// <summary>Somebody hangs up and calls again, which tells all others of the call.</summary>
    private async Task SignalAsync()
    {
        var chosen = _participants[Random.Shared.Next(_participants.Count)];
        var room = $"call{_participants.IndexOf(chosen) % Calls}";
        await chosen.InvokeAsync("Leave");
        var joined = await chosen.InvokeAsync<Dictionary<object, object>>("Join", new Dictionary<string, object?> { ["room"] = room, ["name"] = "somebody" });
        foreach (Dictionary<object, object> other in (object[])joined["others"])
        {
            await chosen.InvokeAsync("Signal", other["id"], new string('s', 6000));
        }
    }

    private async Task UploadAsync(string address, string field, string type, byte[] file)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var form = new MultipartFormDataContent { { content, field, "file" } };
        using var reply = await http.PostAsync(new Uri(address, UriKind.Relative), form);
        if (reply.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            // As many wait as may: what a busy server ought to say.
            Refused++;
            return;
        }

        reply.EnsureSuccessStatusCode();
        Uploads++;
    }

    private async Task RetrainAsync()
    {
        using var http = new HttpClient { BaseAddress = server };
        using var reply = await http.PostAsync(new Uri("/api/v1/learning/retrain", UriKind.Relative), null);
    }

    private async Task EveryAsync(TimeSpan period, Func<Task> work)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await work();
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
    }
}
