namespace EmotionStream.Storage;

/// <summary>One part's tables, as the steps that lead from nothing to their present form; version n is what step n leaves behind.</summary>
/// <remarks>
/// Steps are only ever added at the end. Their SQL is common to both databases except for these words, which each database replaces by its own
/// for: {id}, a number given by the database as primary key; {bytes}, the type of binary data.
/// </remarks>
internal sealed record Schema(string Part, params IReadOnlyList<string> Steps);
