namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>A picture file and the label that people gave it.</summary>
internal sealed record LabeledPicture(string Name, int Label, byte[] File);
