using System.Globalization;
using System.Text;

namespace EmotionStream.Benchmarks;

/// <summary>Draws a soak's samples over time.</summary>
internal static class SoakPlot
{
    private const int Width = 640, Left = 50, Right = 110, Top = 24, Panel = 100, Gap = 34;

    public static string Draw(IReadOnlyList<SoakSample> samples)
    {
        (string Title, (string Name, string Color, Func<SoakSample, double> Value)[] Lines)[] panels =
        [
            ("memory, MB", [("resident", "#1a7f37", sample => sample.Server.Resident / 1e6), ("managed heap", "#b35900", sample => sample.Server.Heap / 1e6)]),
            ("handles and threads", [("handles", "#1a7f37", sample => sample.Server.Handles), ("threads", "#b35900", sample => sample.Server.Threads)]),
            ("sessions and frame buffers", [("sessions", "#1a7f37", sample => sample.Server.Sessions), ("buffers", "#b35900", sample => sample.Server.Buffers)]),
            ("frames a second, and milliseconds", [("measured", "#1a7f37", sample => sample.Rate), ("p99, ms", "#b35900", sample => sample.P99)]),
        ];
        var height = Top + (panels.Length * (Panel + Gap));
        var svg = new StringBuilder(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"{Width}\" height=\"{height}\" fill=\"white\"/>\n"));
        var last = samples[^1].At.TotalMinutes;
        foreach (var (index, (title, lines)) in panels.Index())
        {
            var bottom = Top + (index * (Panel + Gap)) + Panel;
            var most = lines.Max(line => samples.Max(line.Value)) * 1.1;
            svg.Append(Invariant($"<text x=\"{Left}\" y=\"{bottom - Panel - 6}\" font-weight=\"bold\">{title}</text>\n"));
            svg.Append(Invariant($"<path d=\"M{Left} {bottom - Panel}V{bottom}H{Width - Right}\" fill=\"none\" stroke=\"#888\"/>\n"));
            svg.Append(Invariant($"<text x=\"{Left - 5}\" y=\"{bottom - Panel + 9}\" text-anchor=\"end\">{most:0}</text><text x=\"{Left - 5}\" y=\"{bottom}\" text-anchor=\"end\">0</text>\n"));
            svg.Append(Invariant($"<text x=\"{Width - Right}\" y=\"{bottom + 14}\" text-anchor=\"end\">{last:0} minutes</text>\n"));
            foreach (var (place, (name, color, value)) in lines.Index())
            {
                var points = string.Join(' ', samples.Select(sample => Invariant(
                    $"{Left + ((Width - Left - Right) * sample.At.TotalMinutes / last):0.0},{bottom - (Panel * value(sample) / most):0.0}")));
                svg.Append(Invariant($"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\"/>\n"));
                svg.Append(Invariant($"<text x=\"{Width - Right + 8}\" y=\"{bottom - Panel + 12 + (16 * place)}\" fill=\"{color}\">{name}</text>\n"));
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
