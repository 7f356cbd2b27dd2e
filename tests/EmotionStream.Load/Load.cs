using System.Diagnostics;

namespace EmotionStream.Load;

/// <summary>One load: so many cameras and viewers for a while.</summary>
internal sealed class Load(Uri server, byte[][] frames, int framesPerSecond, bool push)
{
    private const string Room = "load";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public async Task<LoadResult> RunAsync(int count, int watching, TimeSpan duration, CancellationToken cancellation)
    {
        List<Camera> cameras = [.. Enumerable.Range(0, count).Select(_ => new Camera(server, new Pace(framesPerSecond, adapts: !push)))];
        List<Viewer> viewers = [.. Enumerable.Range(0, watching).Select(_ => new Viewer(server))];
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            foreach (var camera in cameras)
            {
                await camera.StartAsync(watching > 0 ? Room : null, cancellation);
            }

            List<Task> work =
            [
                .. viewers.Select(viewer => viewer.WatchAsync(Room, ending.Token)),
                .. cameras.Select((camera, i) => camera.SendAsync(frames, (double)i / count, ending.Token)),
            ];
            await Task.Delay(Settling, cancellation);
            cameras.ForEach(camera => camera.Reset());
            viewers.ForEach(viewer => viewer.Reset());
            var (client, before, began) = (Process.GetCurrentProcess().TotalProcessorTime, await ServerFigures.ReadAsync(server), Stopwatch.GetTimestamp());
            await Task.Delay(duration, cancellation);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var result = LoadResult.Of(
                cameras, viewers, framesPerSecond, seconds,
                (Process.GetCurrentProcess().TotalProcessorTime - client).TotalSeconds / seconds,
                before, await ServerFigures.ReadAsync(server));
            await ending.CancelAsync();
            await Task.WhenAll(work);
            await Task.WhenAll(cameras.Select(camera => camera.StopAsync(cancellation)));
            return result;
        }
        finally
        {
            await Task.WhenAll([.. cameras.Select(camera => camera.DisposeAsync().AsTask()), .. viewers.Select(viewer => viewer.DisposeAsync().AsTask())]);
        }
    }
}
