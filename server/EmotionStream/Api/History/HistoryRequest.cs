using System.Globalization;
using EmotionStream.History;

namespace EmotionStream.Api.History;

/// <summary>What a request for readings says in its address: ?room= &amp;person= &amp;from= &amp;to= &amp;step= &amp;format=.</summary>
internal sealed record HistoryRequest(string? Room, string? Person, long? From, long? To, long StepMs, string Format)
{
    private const double ShortestStep = 0.5;
    private const double LongestStep = 24 * 60 * 60;

    // Of the room hub; a person's id has 16.
    private const int MaxName = 64;

    /// <summary>Null and what is wrong with it, if the address makes no sense.</summary>
    public static HistoryRequest? Read(IQueryCollection query, out string problem)
    {
        if (!TryNames(query, out var room, out var person, out problem))
        {
            return null;
        }

        if (!TryTime(query, "from", out var from) || !TryTime(query, "to", out var to) || from >= to)
        {
            problem = "from and to are milliseconds since 1970, or times such as 2026-05-01T12:30:00Z, and from comes first.";
            return null;
        }

        var stepMs = 0L;
        if (Text(query, "step") is { } step)
        {
            if (!double.TryParse(step, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !(seconds is >= ShortestStep and <= LongestStep))
            {
                problem = $"step is {ShortestStep.ToString(CultureInfo.InvariantCulture)} to {LongestStep} seconds.";
            }
            else
            {
                stepMs = (long)(seconds * 1000);
            }
        }

        var format = Text(query, "format") ?? "json";
        if (HistoryFormat.Of(format) is null)
        {
            problem = "format is json, jsonl or csv.";
        }

        return problem.Length == 0 ? new HistoryRequest(room, person, from, to, stepMs, format) : null;
    }

    /// <summary>Which room and which person an address names, if any; false and what is wrong with them if they can't be names.</summary>
    public static bool TryNames(IQueryCollection query, out string? room, out string? person, out string problem)
    {
        (room, person) = (Text(query, "room"), Text(query, "person"));
        problem = IsName(room) && IsName(person) ? "" : $"A room and a person have at most {MaxName} characters and no control characters.";
        return problem.Length == 0;
    }

    /// <summary>The query that this is within a span of time.</summary>
    public HistoryQuery Within(HistoryScope scope, DateTimeOffset earliest, DateTimeOffset latest) => new(
        scope,
        Math.Max(From ?? long.MinValue, earliest.ToUnixTimeMilliseconds()),
        Math.Min(To ?? long.MaxValue, latest.ToUnixTimeMilliseconds()),
        StepMs);

    private static bool IsName(string? text) => text is null || (text.Length <= MaxName && !text.Any(char.IsControl));

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values is [{ Length: > 0 } text, ..] ? text : null;

    private static bool TryTime(IQueryCollection query, string name, out long? milliseconds)
    {
        milliseconds = null;
        if (Text(query, name) is not { } text)
        {
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            milliseconds = number;
        }
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            milliseconds = time.ToUnixTimeMilliseconds();
        }

        return milliseconds is not null;
    }
}
