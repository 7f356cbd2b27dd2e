namespace EmotionStream.Vision.Pictures;

/// <summary>PNG's colour types, numbered as the format numbers them.</summary>
internal enum PngColor : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
