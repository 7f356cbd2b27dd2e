using System.Globalization;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Reads the server's figures as an operator's tools do.</summary>
internal static class ServerFigures
{
    /// <summary>The value of an instrument without tags; 0 while nothing was counted.</summary>
    public static async Task<double> FigureAsync(this TestServer server, string name)
    {
        using var http = server.CreateHttpClient();
        var metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    public static Task<double> FramesReceivedAsync(this TestServer server) => server.FigureAsync("emotionstream_frames_received_total");

    /// <summary>Waits until a figure has become as wanted.</summary>
    public static Task UntilAsync(this TestServer server, string name, Func<double, bool> holds) =>
        TestTimeouts.UntilAsync(() => holds(server.FigureAsync(name).GetAwaiter().GetResult()), name);

    /// <summary>Waits until so many more frames were measured.</summary>
    public static async Task MeasureMoreAsync(this TestServer server, int frames)
    {
        const string measured = "emotionstream_frames_measured_total";
        var before = await server.FigureAsync(measured);
        await server.UntilAsync(measured, now => now >= before + frames);
    }
}
