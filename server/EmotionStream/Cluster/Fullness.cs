namespace EmotionStream.Cluster;

/// <summary>How full a server is, judged by what was measured over the last two seconds or so.</summary>
/// <remarks>
/// Not by a count of sessions, for nobody knows what one costs. The processor alone says nothing: stills and clips take what frames leave of it. So it
/// counts as far as sessions stand in line; and where something else than the processor is too slow, such as a graphics card, answers are late.
/// </remarks>
internal sealed class Fullness(double fullProcessor, TimeSpan fullAnswer)
{
    // Ten measurements a second.
    private const double Weight = 0.05;

    // Only well below: senders that go on with less would let another one in at once, and then another.
    private const double RoomAgainBelow = 0.8;

    private double _line;
    private double _answer;

    /// <summary>The share of the processors that was used, 0 to 1.</summary>
    public double Processor { get; private set; }

    /// <summary>1 where the server has become full.</summary>
    public double Value => Math.Max(
        _answer / fullAnswer.TotalSeconds,
        fullProcessor < 1 ? Math.Min(1, _line) * Processor / fullProcessor : 0);

    public bool IsFull { get; private set; }

    /// <param name="line">Sessions that stand in line just now.</param>
    /// <param name="processor">The share of the processors that was used since the last time.</param>
    /// <param name="answer">The mean time to an answer since the last time; zero without any.</param>
    public void Add(int line, double processor, TimeSpan answer)
    {
        _line += Weight * (line - _line);
        _answer += Weight * (answer.TotalSeconds - _answer);
        Processor += Weight * (processor - Processor);
        IsFull = Value >= (IsFull ? RoomAgainBelow : 1);
    }
}
