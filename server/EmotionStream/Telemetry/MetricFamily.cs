using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EmotionStream.Telemetry;

/// <summary>One instrument's series, by tag.</summary>
internal sealed class MetricFamily
{
    private readonly Instrument _instrument;
    private readonly double[] _bounds;
    private readonly bool _replaces;
    private readonly ConcurrentDictionary<string, MetricSeries> _series = [];

    public MetricFamily(Instrument instrument)
    {
        _instrument = instrument;
        _bounds = Kind == "histogram" ? BoundsOf(instrument.Unit) : [];
        _replaces = instrument.IsObservable;
        Name = instrument.Name.Replace('.', '_') + Suffix;
    }

    public string Name { get; }

    private string Kind => _instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> or Histogram<int> => "histogram",
        _ => "gauge",
    };

    private string Suffix => (Kind, _instrument.Unit) switch
    {
        ("counter", _) => "_total",
        (_, "s") => "_seconds",
        _ => "",
    };

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Every instrument has one tag at most, with values from a short fixed list: the text is its own key.
        var label = tags.IsEmpty ? "" : (string)tags[0].Value!;
        var series = _series.GetOrAdd(label, static (_, family) => new MetricSeries(family._bounds), this);
        if (tags.Length > 0)
        {
            series.Label = tags[0].Key;
        }

        series.Record(value, _replaces);
    }

    public void Write(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {_instrument.Description}\n# TYPE {Name} {Kind}\n");
        foreach (var (label, series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            series.Write(text, Name, series.Label is { } key ? $"{key}=\"{label}\"" : "");
        }
    }

    // Frames take single milliseconds, a queue under load up to a second; batches are powers of two.
    private static double[] BoundsOf(string? unit) => unit == "s"
        ? [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
        : [1, 2, 4, 8, 16, 32, 64];
}
