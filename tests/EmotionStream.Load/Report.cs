using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace EmotionStream.Load;

/// <summary>Tells what loads gave: a table, JSON, and a drawing.</summary>
internal static class Report
{
    private const int Width = 640, Height = 300, Left = 60, Right = 60, Top = 30, Bottom = 45;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(IReadOnlyList<LoadResult> results)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var title in (string[])["cameras", "offered/s", "sent/s", "measured/s", "refused/s", "p50 ms", "p95", "p99", "slowest/fastest", "server cores", "B/frame", "MB", "client cores", "updates/viewer"])
        {
            table.AddColumn(title, column => column.RightAligned());
        }

        foreach (var result in results)
        {
            var refused = string.Join(", ", result.Refused.Select(pair => $"{pair.Key} {Number(pair.Value)}"));
            table.AddRow(
                Number(result.Cameras), Number(result.Offered), Number(result.Sent), Number(result.Goodput), refused.Length == 0 ? "0" : refused,
                Number(result.P50), Number(result.P95), Number(result.P99), $"{Number(result.Slowest, 1)}/{Number(result.Fastest, 1)}",
                Number(result.ServerCores, 2), Number(result.AllocatedPerFrame), Number(result.ServerMegabytes), Number(result.ClientCores, 2), Number(result.UpdatesPerViewer, 1));
        }

        // As wide as the table needs, also where the output goes into a file.
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    public static void Save(IReadOnlyList<LoadResult> results, string? json, string? svg)
    {
        if (json is not null)
        {
            File.WriteAllText(json, JsonSerializer.Serialize(results, Json) + "\n");
        }

        if (svg is not null)
        {
            File.WriteAllText(svg, Draw(results));
        }
    }

    /// <summary>Goodput to the left, latency to the right, over the offered load.</summary>
    private static string Draw(IReadOnlyList<LoadResult> results)
    {
        var offered = results.Max(result => result.Offered);
        var latency = Math.Max(1, results.Max(result => result.P99));
        var svg = new StringBuilder(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">
            <rect width="{Width}" height="{Height}" fill="white"/>
            <text x="{Left}" y="18" fill="#1a7f37">measured frames a second</text>
            <text x="{Width - Right}" y="18" text-anchor="end" fill="#b35900">p50 and p99, ms</text>
            <text x="{Width / 2}" y="{Height - 10}" text-anchor="middle">offered frames a second</text>
            <path d="M{Left},{Top} V{Height - Bottom} H{Width - Right} V{Top}" fill="none" stroke="#888"/>

            """));
        for (var tick = 0; tick <= 4; tick++)
        {
            var (x, y) = (X(tick * offered / 4), Y(tick, 4));
            svg.Append(Invariant($"<text x=\"{x:0}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{tick * offered / 4:0}</text>\n"));
            svg.Append(Invariant($"<text x=\"{Left - 6}\" y=\"{y + 4:0}\" text-anchor=\"end\">{tick * offered / 4:0}</text>\n"));
            svg.Append(Invariant($"<text x=\"{Width - Right + 6}\" y=\"{y + 4:0}\">{tick * latency / 4:0}</text>\n"));
        }

        Line("#1a7f37", "", result => Y(result.Goodput, offered));
        Line("#bbb", "4 4", result => Y(result.Offered, offered));
        Line("#b35900", "", result => Y(result.P50, latency));
        Line("#b35900", "2 3", result => Y(result.P99, latency));
        return svg.Append("</svg>\n").ToString();

        double X(double load) => Left + ((Width - Left - Right) * load / offered);

        double Y(double value, double most) => Height - Bottom - ((Height - Top - Bottom) * value / most);

        void Line(string color, string dashes, Func<LoadResult, double> y)
        {
            var points = string.Join(' ', results.Where(result => double.IsFinite(y(result))).Select(result => Invariant($"{X(result.Offered):0.0},{y(result):0.0}")));
            svg.Append(Invariant($"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\n"));
        }
    }

    private static string Number(double value, int digits = 0) => value.ToString("F" + digits, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
