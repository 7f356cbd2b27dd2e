namespace EmotionStream.Load;

/// <summary>What one load gave.</summary>
/// <param name="Offered">Frames a second that the cameras had.</param>
/// <param name="Goodput">Frames a second that were measured.</param>
/// <param name="Refused">Frames a second that were answered with a refusal, by reason.</param>
/// <param name="P50">Milliseconds from sending to the answer, of measured frames.</param>
/// <param name="Slowest">Measured frames a second of the camera that had the fewest.</param>
/// <param name="ServerCores">Processor time a second.</param>
/// <param name="AllocatedPerFrame">Bytes that the server allocated for each measured frame, all else that it does included.</param>
/// <param name="ServerMegabytes">Resident at the end.</param>
/// <param name="UpdatesPerViewer">A second.</param>
internal sealed record LoadResult(
    int Cameras, int Viewers, double Offered, double Sent, double Goodput, IReadOnlyDictionary<string, double> Refused, double P50, double P95, double P99,
    double Slowest, double Fastest, double ServerCores, double AllocatedPerFrame, double ServerMegabytes, double ClientCores, double UpdatesPerViewer)
{
    public static LoadResult Of(
        IReadOnlyList<Camera> cameras, IReadOnlyList<Viewer> viewers, int framesPerSecond, double seconds, double clientCores,
        ServerFigures before, ServerFigures after)
    {
        double[] latencies = [.. cameras.SelectMany(camera => camera.Latencies).Order()];
        double[] each = [.. cameras.Select(camera => camera.Latencies.Count / seconds).Order()];
        return new LoadResult(
            cameras.Count, viewers.Count, cameras.Count * framesPerSecond, cameras.Sum(camera => camera.Sent) / seconds, latencies.Length / seconds,
            cameras.SelectMany(camera => camera.Refused).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value) / seconds),
            At(latencies, 0.5), At(latencies, 0.95), At(latencies, 0.99), each.FirstOrDefault(), each.LastOrDefault(),
            (after.ProcessorSeconds - before.ProcessorSeconds) / seconds, (after.AllocatedBytes - before.AllocatedBytes) / Math.Max(1, latencies.Length),
            after.ResidentBytes / 1e6, clientCores,
            viewers.Count == 0 ? 0 : viewers.Average(viewer => viewer.Updates / seconds));
    }

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))];
}
