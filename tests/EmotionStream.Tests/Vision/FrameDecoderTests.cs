using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Vision;

public sealed class FrameDecoderTests
{
    private readonly PictureDecoder _decoder = PictureDecoder.ForFrames(new VisionOptions());
    private readonly GrayImage _image = new();

    [Theory]
    [InlineData(640, 480, 320, 240)]
    [InlineData(480, 640, 240, 320)]
    [InlineData(320, 240, 320, 240)]
    [InlineData(160, 120, 160, 120)]
    [InlineData(641, 479, 321, 240)]
    [InlineData(960, 540, 360, 203)]
    [InlineData(1280, 720, 320, 180)]
    [InlineData(1920, 1080, 480, 270)]
    [InlineData(4000, 3000, 500, 375)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(17, 3, 17, 3)]
    public void Decode_AnySize_ComesNearestToTheWorkingSideFromAbove(int width, int height, int expectedWidth, int expectedHeight)
    {
        Assert.Equal(PictureResult.Decoded, _decoder.Decode(TestJpeg.Color(width, height), _image));

        Assert.Equal((expectedWidth, expectedHeight), (_image.Width, _image.Height));
        Assert.Equal((width, height), (_decoder.OriginalWidth, _decoder.OriginalHeight));
    }

    public static TheoryData<string, byte[]> Kinds => new()
    {
        { "gray", TestJpeg.Gray(640, 480) },
        { "color", TestJpeg.Color(640, 480) },
        { "progressive", TestJpeg.ProgressiveColor(640, 480) },
        { "four inks", TestJpeg.Cmyk(640, 480) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_EveryKindOfJpeg_GivesThePictureInGray(string kind, byte[] jpeg)
    {
        Assert.Equal(PictureResult.Decoded, _decoder.Decode(jpeg, _image));

        double off = 0;
        for (var y = 0; y < _image.Height; y++)
        {
            for (var x = 0; x < _image.Width; x++)
            {
                off += Math.Abs(_image.Row(y)[x] - TestJpeg.Pattern((x + 0.5) / _image.Width, (y + 0.5) / _image.Height));
            }
        }

        Assert.True(off / _image.Pixels.Length < 2, $"{kind}: off by {off / _image.Pixels.Length} on average");
    }

    [Fact]
    public void Decode_CutShortAnywhere_IsUndecodable()
    {
        foreach (var jpeg in (byte[][])[TestJpeg.Color(320, 240), TestJpeg.ProgressiveColor(320, 240), TestJpeg.Gray(640, 480)])
        {
            // The last two bytes are the end marker, without which the library warns.
            for (var length = 0; length < jpeg.Length - 2; length += 1 + (length / 50))
            {
                Assert.Equal(PictureResult.Undecodable, _decoder.Decode(jpeg.AsSpan(0, length), _image));
            }
        }

        Assert.Equal(PictureResult.Decoded, _decoder.Decode(TestJpeg.Color(320, 240), _image));
    }

    [Fact]
    public void Decode_GoodPictureAfterEveryBadOne_IsDecoded()
    {
        var good = TestJpeg.Color(64, 48);
        for (var length = 0; length < good.Length - 2; length += 3)
        {
            Assert.Equal(PictureResult.Undecodable, _decoder.Decode(good.AsSpan(0, length), _image));
            Assert.Equal(PictureResult.Decoded, _decoder.Decode(good, _image));
        }
    }

    [Fact]
    public void Decode_BytesChangedAtRandom_NeverThrowsAndGoesOn()
    {
        var random = new Random(1);
        var good = TestJpeg.Color(160, 120);
        var progressive = TestJpeg.ProgressiveColor(160, 120);
        for (var i = 0; i < 3000; i++)
        {
            var bad = (i % 2 == 0 ? good : progressive).ToArray();
            for (var n = 0; n <= i % 5; n++)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            _ = _decoder.Decode(bad, _image);
        }

        Assert.Equal(PictureResult.Decoded, _decoder.Decode(good, _image));
    }

    [Fact]
    public void Decode_OneByteChangedAmongThePixels_IsUndecodableWhereLibjpegWarns()
    {
        var random = new Random(3);
        var good = TestJpeg.Color(160, 120);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var bad = good.ToArray();
            bad[random.Next(bad.Length / 2, bad.Length - 2)] ^= 0x55;
            refused += _decoder.Decode(bad, _image) == PictureResult.Undecodable ? 1 : 0;
        }

        // OpenCV alone takes every one of them for a picture. What is left are changes that give a sound picture, if another one.
        Assert.InRange(refused, 150, 499);
    }

    [Fact]
    public void Decode_BytesBetweenSegments_IsUndecodable()
    {
        byte[] jpeg = TestJpeg.Color(64, 48);

        Assert.Equal(PictureResult.Undecodable, _decoder.Decode([.. jpeg[..2], 0, 0, .. jpeg[2..]], _image));
        Assert.Equal(PictureResult.Decoded, _decoder.Decode([.. jpeg[..2], 0xFF, 0xFF, .. jpeg[2..]], _image));
    }

    [Fact]
    public void Decode_FrameWithAnOrientation_IsLeftAsItIsStored()
    {
        Assert.Equal(PictureResult.Decoded, _decoder.Decode(PictureFiles.WithExif(TestJpeg.Color(64, 48), 6, ""), _image));

        Assert.Equal((64, 48), (_image.Width, _image.Height));
    }

    [Fact]
    public void Decode_PictureOfAnotherKind_IsUndecodable() =>
        Assert.Equal(PictureResult.Undecodable, _decoder.Decode(PngWriter.Gray(16, 16, (x, y) => x * y), _image));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xD8 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Decode_NoJpeg_IsUndecodable(byte[] bytes) => Assert.Equal(PictureResult.Undecodable, _decoder.Decode(bytes, _image));

    [Theory]
    [InlineData(65_000, 65_000)]
    [InlineData(65_000, 16)]
    [InlineData(16, 65_000)]
    [InlineData(8000, 8000)]
    public void Decode_HeaderOfHugeSize_IsTooLargeAndTakesNoMemory(int width, int height)
    {
        var jpeg = TestJpeg.WithSize(TestJpeg.Color(16, 16), width, height);
        Assert.Equal(PictureResult.TooManyPixels, _decoder.Decode(jpeg, _image));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = _decoder.Decode(jpeg, _image);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(PictureResult.TooManyPixels, result);
        Assert.Equal((width, height), (_decoder.OriginalWidth, _decoder.OriginalHeight));
    }

    [Fact]
    public void Decode_HeaderOfNoSize_IsUndecodable() =>
        Assert.Equal(PictureResult.Undecodable, _decoder.Decode(TestJpeg.WithSize(TestJpeg.Color(16, 16), 0, 0), _image));

    [Fact]
    public void Decode_LargerHeaderThanData_IsUndecodable() =>
        Assert.Equal(PictureResult.Undecodable, _decoder.Decode(TestJpeg.WithSize(TestJpeg.Color(64, 64), 1600, 1600), _image));

    [Fact]
    public void Decode_ProgressiveBomb_IsRefusedWithoutDoingItsScans()
    {
        var bomb = TestJpeg.WithMoreScans(TestJpeg.ProgressiveColor(1024, 1024), 400);

        var started = Environment.TickCount64;
        Assert.Equal(PictureResult.Undecodable, _decoder.Decode(bomb, _image));

        // Doing 400 scans of a megapixel takes seconds; refusing takes the time of looking through the bytes.
        Assert.True(Environment.TickCount64 - started < 500);
    }

    [Fact]
    public void Decode_AgainAndAgain_AllocatesNothing()
    {
        var jpeg = TestJpeg.Color(640, 480);
        _decoder.Decode(jpeg, _image);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10; i++)
        {
            _decoder.Decode(jpeg, _image);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
