using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

/// <summary>The picture that the golden files of the face models describe in words: a drawn face on a pattern.</summary>
internal static class GoldenPicture
{
    public const int Width = 160;
    public const int Height = 128;

    public static void Draw(GrayImage image)
    {
        image.Resize(Width, Height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)Gray(i % Width, i / Width);
        }
    }

    private static int Gray(int x, int y)
    {
        static bool Near(int x, int y, int centerX) => ((x - centerX) * (x - centerX)) + ((y - 52) * (y - 52)) < 30;
        return (x, y) switch
        {
            _ when x is > 77 and < 83 && y is > 60 and < 74 => 150,
            _ when x is > 64 and < 96 && y is > 88 and < 93 => 60,
            _ when Near(x, y, 66) || Near(x, y, 94) => 40,
            _ when (4 * (x - 80) * (x - 80)) + (2 * (y - 64) * (y - 64)) < 6400 => 200,
            _ => ((x * x) + (3 * y * y) + (5 * x * y)) / 64 % 256,
        };
    }
}
