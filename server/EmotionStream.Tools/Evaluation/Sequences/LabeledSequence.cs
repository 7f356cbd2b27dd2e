namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>The frames of one face in order, and the label of the last one.</summary>
internal sealed record LabeledSequence(string Name, int Label, string[] Frames);
