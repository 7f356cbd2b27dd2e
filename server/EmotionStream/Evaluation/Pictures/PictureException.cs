namespace EmotionStream.Evaluation.Pictures;

/// <summary>A picture can't be read; the message says why, without the picture's name.</summary>
internal sealed class PictureException(string message, Exception? inner = null) : Exception(message, inner);
