using System.Diagnostics;

namespace EmotionStream.Tools.Evaluation;

/// <summary>Says on one line how far a measurement has come; where the line can't be overwritten, only every tenth of the way.</summary>
internal sealed class ProgressLine(TextWriter writer, string what, int total)
{
    // Often enough to look alive.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.25);

    private readonly bool _overwrites = ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _written;
    private int _done;

    public void Advance()
    {
        _done++;
        var isLast = _done == total;
        if (_overwrites && (isLast || Stopwatch.GetElapsedTime(_written) >= Pause))
        {
            _written = Stopwatch.GetTimestamp();
            writer.Write($"\r{Text()}{(isLast ? Environment.NewLine : "")}");
        }
        else if (!_overwrites && _done * 10 / total > (_done - 1) * 10 / total)
        {
            writer.WriteLine(Text());
        }
    }

    private string Text() => $"{what}: {_done} of {total}, {Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s";
}
