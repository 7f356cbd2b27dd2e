namespace EmotionStream.Tests;

/// <summary>For tests of what the whole process shares: they run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
