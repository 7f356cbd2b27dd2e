using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

/// <summary>Small files that cost a decoder much: what OpenCV was seen to choke on, and what else the formats allow.</summary>
internal static class PictureMonsters
{
    /// <summary>Each with what is to become of it at the stills' limits: 16,384 a side, 26 million pixels.</summary>
    public static IEnumerable<(string Name, byte[] File, PictureResult Expected)> All()
    {
        yield return ("JPEG header of 65,000 x 65,000", TestJpeg.WithSize(TestJpeg.Color(16, 16), 65_000, 65_000), PictureResult.TooManyPixels);
        yield return ("JPEG header of 16,000 x 1,600, no such data", TestJpeg.WithSize(TestJpeg.Color(16, 16), 16_000, 1600), PictureResult.Undecodable);
        yield return ("progressive header of 5,000 x 5,000, no such data", TestJpeg.WithSize(TestJpeg.ProgressiveColor(16, 16), 5000, 5000), PictureResult.Undecodable);
        yield return ("JPEG of 400 scans", TestJpeg.WithMoreScans(TestJpeg.ProgressiveColor(1024, 1024), 400), PictureResult.Undecodable);
        yield return ("JPEG of 25 megapixels in 39 scans", TestJpeg.WithMoreScans(TestJpeg.ProgressiveColor(5000, 5000), 29), PictureResult.Undecodable);
        yield return ("JPEG of 20 million fill bytes", [.. TestJpeg.Color(16, 16)[..2], .. Enumerable.Repeat((byte)0xFF, 20_000_000)], PictureResult.Undecodable);
        yield return ("PNG chunk of 2.9 GB", PngWriter.WithChunkLength(PngWriter.Gray(16, 16, (x, y) => x * y), "IDAT", 2_900_000_000), PictureResult.Undecodable);
        yield return ("PNG header of 65,000 x 65,000", PngWriter.Png(65_000, 65_000, 2, [0]), PictureResult.TooManyPixels);
        yield return ("PNG header of 16,000 x 1,600 with 16 bits and alpha, no such data", PngWriter.Png(16_000, 1600, 6, [0], depth: 16), PictureResult.TooManyPixels);
        yield return ("PNG header of 8,000 x 1,600 with 16 bits and alpha, no such data", PngWriter.Png(8000, 1600, 6, [0], depth: 16), PictureResult.Undecodable);
        yield return ("PNG header of 16,000 x 1,600 with alpha, interlaced, no such data", PngWriter.Png(16_000, 1600, 6, [0], interlace: 1), PictureResult.Undecodable);
        yield return ("PNG of 1 MB that inflates to 100 MB in a picture of 16 x 16", PngWriter.Png(16, 16, 0, new byte[100_000_000]), PictureResult.Decoded);
        yield return ("PNG of 1.6 million empty IDATs", PngWriter.WithEmptyChunks(PngWriter.Gray(16, 16, (x, y) => x * y), "IDAT", 1_600_000), PictureResult.Decoded);
        yield return ("PNG of 1.6 million empty text chunks", PngWriter.WithEmptyChunks(PngWriter.Gray(16, 16, (x, y) => x * y), "tEXt", 1_600_000), PictureResult.Decoded);
        yield return ("animated WebP of 2,000 frames", TestWebP.Animated(TestWebP.Lossy(640, 480), 2000), PictureResult.Decoded);
        yield return ("lossless WebP header of 16,000 x 1,600, no such data", TestWebP.WithSize(TestWebP.Lossless(16, 16), 16_000, 1600), PictureResult.Undecodable);
        yield return ("lossy WebP header of 16,000 x 1,600, no such data", TestWebP.WithSize(TestWebP.Lossy(16, 16), 16_000, 1600), PictureResult.Undecodable);
    }

    /// <summary>Sound pictures of the most pixels that are taken, as dear as they come: what one upload may cost.</summary>
    public static IEnumerable<(string Name, byte[] File, PictureResult Expected)> Largest()
    {
        yield return ("JPEG, 25 megapixels, 10 scans", TestJpeg.ProgressiveColor(5000, 5000), PictureResult.Decoded);
        yield return ("PNG, 25.6 megapixels, alpha, interlaced", PngWriter.Png(16_000, 1600, 6, new byte[110_000_000], interlace: 1), PictureResult.Decoded);
        yield return ("PNG, 12.8 megapixels, 16 bits, alpha", PngWriter.Png(8000, 1600, 6, new byte[1600 * ((8 * 8000) + 1)], depth: 16), PictureResult.Decoded);
        yield return ("PNG, 25.6 megapixels, color", PngWriter.Png(16_000, 1600, 2, new byte[1600 * ((3 * 16_000) + 1)]), PictureResult.Decoded);
        yield return ("WebP, 25.6 megapixels, lossless", TestWebP.Lossless(16_000, 1600), PictureResult.Decoded);
        yield return ("WebP, 25.6 megapixels, lossy", TestWebP.Lossy(16_000, 1600), PictureResult.Decoded);
    }
}
