namespace EmotionStream.Recommendations;

/// <summary>A catalog file is missing or has mistakes; the message says which and on which lines.</summary>
internal sealed class CatalogException(string path, IEnumerable<CatalogProblem> problems)
    : Exception($"The catalog of recommendations {path} can't be used:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
