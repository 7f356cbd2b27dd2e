namespace EmotionStream.Learning;

/// <summary>A face to learn from: its embedding, the label that a person gave it, and who that was.</summary>
/// <param name="Contributor">The hash that identifies a person; one person's faces together have a bounded weight.</param>
internal sealed record LabeledFace(string Contributor, Half[] Embedding, int Label);
