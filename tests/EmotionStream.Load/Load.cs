using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EmotionStream.Load;

/// <summary>One load: so many cameras and viewers for a while.</summary>
internal sealed partial class Load(Uri server, byte[][] frames, int framesPerSecond, bool push)
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
            var (client, served, began) = (Process.GetCurrentProcess().TotalProcessorTime, await ServerTimeAsync(), Stopwatch.GetTimestamp());
            await Task.Delay(duration, cancellation);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var result = LoadResult.Of(
                cameras, viewers, framesPerSecond, seconds,
                (Process.GetCurrentProcess().TotalProcessorTime - client).TotalSeconds / seconds,
                (await ServerTimeAsync() - served) / seconds);
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

    /// <summary>Seconds of processor time that the server has taken, from its own figures.</summary>
    private async Task<double> ServerTimeAsync()
    {
        using var http = new HttpClient { BaseAddress = server };
        var figures = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return ProcessorTime().Matches(figures).Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^dotnet_process_cpu_time_seconds_total\{[^}]*\} ([\d.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex ProcessorTime();
}
