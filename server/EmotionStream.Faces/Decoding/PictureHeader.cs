namespace EmotionStream.Faces.Decoding;

/// <summary>What a file says of its picture before any pixel is decoded.</summary>
/// <param name="Width">Of the picture as it is stored.</param>
/// <param name="Orientation">How the camera was held, 1 to 8 as <see cref="ExifOrientation"/> has it.</param>
/// <param name="PixelBytes">Bytes that OpenCV unpacks a pixel to: 1 as gray, 4 or 8 with transparency, which only a PNG keeps.</param>
/// <param name="Passes">How many times decoding goes over all pixels.</param>
internal readonly record struct PictureHeader(
    PictureFormat Format, int Width, int Height, int Orientation, int PixelBytes = 1, int Passes = 1)
{
    /// <summary>Whether pixels may be transparent.</summary>
    public bool HasAlpha => PixelBytes > 1;
}
