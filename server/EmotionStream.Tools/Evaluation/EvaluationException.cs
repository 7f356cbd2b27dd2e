namespace EmotionStream.Tools.Evaluation;

/// <summary>A measurement can't be made as asked; the message is a sentence for the person who asked.</summary>
internal sealed class EvaluationException(string message, Exception? inner = null) : Exception(message, inner);
