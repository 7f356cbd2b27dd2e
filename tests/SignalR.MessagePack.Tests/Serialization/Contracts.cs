using System.Text.Json.Serialization;

namespace EmotionStream.SignalR.MessagePack.Tests.Serialization;

/// <summary>A reason with a long name and one that overrides its name.</summary>
public enum Reason
{
    Superseded,
    TooLarge,
    [JsonStringEnumMemberName("try-later")]
    Busy,
}

/// <summary>A contract with a bit of everything.</summary>
public sealed record Reading(
    long Sequence,
    double CapturedAt,
    string Id,
    float[] Emotions,
    Reason Reason = Reason.TooLarge,
    IReadOnlyList<Point>? Points = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Age = null,
    [property: JsonPropertyName("heat_map")] ReadOnlyMemory<byte> HeatMap = default,
    int Attempts = 3)
{
    public bool IsLate => Sequence > 100;

    [JsonIgnore]
    public string Secret => Id + " is never sent";
}

/// <summary>A small value.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>A class without a constructor of its own.</summary>
public sealed class Settings
{
    public string Name { get; init; } = "unnamed";

    public int Size { get; set; } = 7;

    public required string Owner { get; init; }

    public Dictionary<string, double> Weights { get; init; } = [];
}

/// <summary>A type that refers to itself.</summary>
public sealed record Node(string Name, IReadOnlyList<Node>? Children = null);

/// <summary>A type that may contain itself.</summary>
public sealed class Ring
{
    public Ring? Next { get; set; }
}

/// <summary>A contract that its application keeps to itself.</summary>
internal sealed record Hidden(Reason? Reason = null, Reason Fallback = Reason.Busy, double? Limit = 0.5);
