using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

public class PngTests
{
    [Fact]
    public void Checksum_OfTheStandardCheckValue_IsTheStandardOne() => Assert.Equal(0xCBF43926u, PngChunks.Checksum("123456789"u8));

    [Fact]
    public void Read_OfEveryFilter_UndoesIt()
    {
        // The same row 10, 20, 40 written five ways below a first row of 7, 9, 11: none, left, above, mean, Paeth.
        byte[] rows =
        [
            0, 7, 9, 11,
            1, 10, 10, 20,
            2, 0, 0, 0,
            3, 5, 5, 10,
            4, 0, 0, 0,
            0, 10, 20, 40,
        ];

        var image = Read(PngWriter.Png(3, 6, 0, rows));

        Assert.Equal([7, 9, 11], image.Row(0).ToArray());
        for (var y = 1; y < 6; y++)
        {
            Assert.Equal([10, 20, 40], image.Row(y).ToArray());
        }
    }

    [Theory]
    [InlineData(10, 20, 10, 20)] // the estimate 20 is what lies above
    [InlineData(20, 10, 10, 20)] // the estimate 20 is what lies left
    [InlineData(10, 10, 10, 10)] // a tie goes to the left
    [InlineData(10, 30, 20, 20)] // the estimate 20 is the corner
    public void Read_OfPaeth_TakesTheNearestNeighbor(byte left, byte above, byte corner, byte expected)
    {
        var image = Read(PngWriter.Png(2, 2, 0, [0, corner, above, 4, (byte)(left - corner), 0]));

        Assert.Equal(expected, image.Row(1)[1]);
    }

    [Fact]
    public void Read_OfColors_WeighsThemAsJpegDoes()
    {
        byte[] rgb = [0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];

        Assert.Equal([76, 149, 29, 255], Read(PngWriter.Png(4, 1, 2, rgb)).Pixels.ToArray());
    }

    [Fact]
    public void Read_OfTransparency_ShowsGrayThroughIt()
    {
        byte[] rgba = [0, 255, 255, 255, 255, 255, 255, 255, 0];
        byte[] grayAlpha = [0, 200, 255, 200, 0];

        Assert.Equal([255, 128], Read(PngWriter.Png(2, 1, 6, rgba)).Pixels.ToArray());
        Assert.Equal([200, 128], Read(PngWriter.Png(2, 1, 4, grayAlpha)).Pixels.ToArray());
    }

    [Fact]
    public void Read_OfAPalette_LooksColorsUp()
    {
        var png = PngWriter.Png(3, 1, 3, [0, 1, 0, 2], palette: [0, 0, 0, 255, 255, 255, 100, 100, 100], opacity: [255, 255, 0]);

        Assert.Equal([255, 0, 128], Read(png).Pixels.ToArray());
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(-1, 1)]
    [InlineData(0, 5)]
    [InlineData(65_536, 65_536)]
    public void Read_OfAnEnormousOrEmptyHeader_RefusesBeforeTakingMemory(int width, int height)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = new PictureDecoder(new VisionOptions()).Decode(PngWriter.Png(width, height, 0, [0]), new GrayImage());

        Assert.Equal(width == 0 ? PictureResult.Undecodable : PictureResult.TooManyPixels, result);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData(1, new byte[] { 0, 0b0110_0000 }, new byte[] { 0, 255, 255, 0 })]
    [InlineData(2, new byte[] { 0, 0b00_01_10_11 }, new byte[] { 0, 85, 170, 255 })]
    [InlineData(4, new byte[] { 0, 0x0F, 0x1E }, new byte[] { 0, 255, 17, 238 })]
    [InlineData(16, new byte[] { 0, 1, 255, 2, 255, 3, 255, 200, 0 }, new byte[] { 1, 2, 3, 200 })]
    public void Read_OfEveryDepth_StretchesItToEightBits(int depth, byte[] row, byte[] expected) =>
        Assert.Equal(expected, Read(PngWriter.Png(4, 1, 0, row, depth: depth)).Pixels.ToArray());

    [Fact]
    public void Read_OfAnInterlacedPicture_PutsEveryPixelInItsPlace()
    {
        // Adam7's seven passes over 5x3 pixels of value 10 y + x, each row with the filter byte 0.
        byte[] rows = [0, 0, 0, 4, 0, 2, 0, 20, 22, 24, 0, 1, 3, 0, 21, 23, 0, 10, 11, 12, 13, 14];

        var image = Read(PngWriter.Png(5, 3, 0, rows, interlace: 1));

        for (var y = 0; y < 3; y++)
        {
            Assert.Equal(Enumerable.Range(0, 5).Select(x => (byte)((10 * y) + x)), image.Row(y).ToArray());
        }
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(16, 3)]
    [InlineData(8, 5)]
    public void Read_OfAKindThatIsNone_IsUndecodable(int depth, int color) => AssertUndecodable(PngWriter.Png(2, 1, color, [0, 1, 2], depth: depth));

    [Fact]
    public void Read_OfAFileCutAnywhere_IsRefused()
    {
        var whole = PngWriter.Gray(5, 4, (x, y) => x * y);

        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            AssertBroken(cut);
        }
    }

    [Fact]
    public void Read_OfAFileWithAnyByteChanged_IsRefused()
    {
        var whole = PngWriter.Gray(5, 4, (x, y) => x * y);

        for (var place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0x10;
            AssertBroken(changed);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 2 })]
    [InlineData(new byte[] { 0, 1, 2, 9, 3, 4 })]
    public void Read_OfTooFewPixelsOrAnUnknownFilter_IsUndecodable(byte[] rows)
    {
        AssertUndecodable(PngWriter.Png(2, 2, 0, rows));
    }

    private static GrayImage Read(byte[] file)
    {
        var image = new GrayImage();
        Assert.Equal(PictureResult.Decoded, new PictureDecoder(new VisionOptions()).Decode(file, image));
        return image;
    }

    private static void AssertUndecodable(byte[] file) =>
        Assert.Equal(PictureResult.Undecodable, new PictureDecoder(new VisionOptions()).Decode(file, new GrayImage()));

    private static void AssertBroken(byte[] file) =>
        Assert.NotEqual(PictureResult.Decoded, new PictureDecoder(new VisionOptions()).Decode(file, new GrayImage()));
}
