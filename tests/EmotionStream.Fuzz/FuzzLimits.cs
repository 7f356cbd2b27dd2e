namespace EmotionStream.Fuzz;

/// <summary>When a target has been tried enough.</summary>
internal sealed record FuzzLimits(long Inputs, TimeSpan Duration, int Seed);
