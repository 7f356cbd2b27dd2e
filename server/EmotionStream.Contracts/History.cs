using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>What a person appeared to express at a time, as the history keeps it.</summary>
/// <param name="At">Milliseconds since 1970 by the server's clock; of means, the step's beginning.</param>
/// <param name="Face">Null in means, which are over all of the person's faces.</param>
/// <param name="Emotions">Probabilities in the order of <see cref="EmotionLabels"/>.</param>
/// <param name="Readings">How many readings a mean is of; 1 for a reading by itself.</param>
public sealed record HistoryReading(
    long At,
    string Room,
    string Person,
    string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Face,
    float[] Emotions,
    string Dominant,
    float Certainty,
    float Valence,
    float Arousal,
    int Readings);

/// <summary>Somebody of whom the history keeps readings in a room.</summary>
/// <param name="FirstAt">Milliseconds since 1970, as <paramref name="LastAt"/>.</param>
public sealed record HistoryPerson(string Room, string Person, string? Name, long FirstAt, long LastAt);

/// <summary>What the server keeps of those who are in rooms, for the consent notice.</summary>
/// <param name="Enabled">False: nothing is kept.</param>
/// <param name="RateHz">Readings of one person that are kept a second, at most.</param>
/// <param name="RetentionHours">How long each is kept.</param>
public sealed record HistoryTerms(bool Enabled, double RateHz, double RetentionHours);

/// <summary>How much of the history was erased.</summary>
public sealed record HistoryErased(long Readings);
