using System.Globalization;
using System.Text;

namespace EmotionStream.Telemetry;

/// <summary>One number, or one histogram, that many threads add to without a lock.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;

    public string? Label { get; set; }

    public void Record(double value, bool replaces)
    {
        if (replaces)
        {
            Volatile.Write(ref _sum, value);
            return;
        }

        Interlocked.Increment(ref _buckets[Bucket(value)]);
        for (var seen = _sum; ;)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    public void Write(StringBuilder text, string name, string label)
    {
        if (bounds.Length == 0)
        {
            Line(text, name, label, _sum);
            return;
        }

        var separator = label.Length > 0 ? "," : "";
        var count = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            count += Interlocked.Read(ref _buckets[i]);
            var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", $"{label}{separator}le=\"{bound}\"", count);
        }

        Line(text, name + "_sum", label, _sum);
        Line(text, name + "_count", label, count);
    }

    private static void Line(StringBuilder text, string name, string label, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{(label.Length > 0 ? "{" + label + "}" : "")} {value}\n");

    private int Bucket(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        return bucket;
    }
}
