namespace EmotionStream.Faces.Decoding;

/// <summary>The kinds of files that are decoded.</summary>
internal enum PictureFormat
{
    Jpeg,
    Png,
    WebP,
}
