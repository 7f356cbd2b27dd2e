namespace EmotionStream.Recommendations;

/// <summary>A catalogue file is missing or has mistakes; the message says which and on which lines.</summary>
internal sealed class CatalogueException(string path, IEnumerable<CatalogueProblem> problems)
    : Exception($"The catalogue of recommendations {path} can't be used:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
