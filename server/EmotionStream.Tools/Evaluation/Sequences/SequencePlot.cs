using System.Globalization;
using System.Text;

namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>Draws how many sequences each method has right from their first frame to their last.</summary>
internal static class SequencePlot
{
    private const int Left = 50, Top = 20, Width = 560, Height = 260;

    private static readonly string[] Colors = ["#8a8f98", "#d08700", "#1f6feb"];

    public static string Draw(SequenceReport report)
    {
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Width + 160} {Top + Height + 50}\" font-family=\"sans-serif\" font-size=\"12\">");
        foreach (var share in (double[])[0, 0.25, 0.5, 0.75, 1])
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(share)}h{Width}\" stroke=\"#ccc\"/><text x=\"{Left - 8}\" y=\"{Y(share) + 4}\" text-anchor=\"end\">{100 * share}%</text>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Top + Height + 35}\">first frame</text><text x=\"{Left + Width}\" y=\"{Top + Height + 35}\" text-anchor=\"end\">last frame</text>");
        foreach (var (method, color) in report.Methods.Zip(Colors))
        {
            var right = method.RightOverTime;
            var line = string.Join(' ', right.Select((share, step) => string.Create(CultureInfo.InvariantCulture, $"{Left + (Width * step / (right.Length - 1.0)):0.#},{Y(share):0.#}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{line}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2.5\"/>");
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left + Width + 8}\" y=\"{Top + 12 + (18 * Array.IndexOf(report.Methods, method))}\" fill=\"{color}\">{method.Method}</text>");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static double Y(double share) => Top + (Height * (1 - share));
}
