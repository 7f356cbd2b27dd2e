namespace EmotionStream.Vision.Pictures;

/// <summary>A picture can't be read; the message says why, without the picture's name.</summary>
internal class PictureException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A picture announces more pixels than are accepted.</summary>
internal sealed class PictureTooLargeException(long width, long height) : PictureException($"it announces {width}x{height} pixels, which is too many.");
