using System.Globalization;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Reads the server's figures under the names that an operator's tools see.</summary>
internal static class ServerFigures
{
    public const string FramesReceived = "emotionstream_frames_received_total";
    public const string FramesMeasured = "emotionstream_frames_measured_total";
    public const string SessionsActive = "emotionstream_sessions_active";

    /// <summary>The value of an instrument without tags; 0 while nothing was counted.</summary>
    public static double Figure(this TestServer server, string name)
    {
        using var http = server.CreateHttpClient();
        var lines = http.GetStringAsync("/metrics").GetAwaiter().GetResult().Split('\n');
        var line = lines.FirstOrDefault(line => line.StartsWith(name + "{} ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 3)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until so many more frames were measured.</summary>
    public static Task MeasureMoreAsync(this TestServer server, int frames)
    {
        var wanted = server.Figure(FramesMeasured) + frames;
        return TestTimeouts.UntilAsync(() => server.Figure(FramesMeasured) >= wanted, $"{frames} more frames measured");
    }

    public static Task NoSessionAsync(this TestServer server) =>
        TestTimeouts.UntilAsync(() => server.Figure(SessionsActive) == 0, "no session on the server");
}
