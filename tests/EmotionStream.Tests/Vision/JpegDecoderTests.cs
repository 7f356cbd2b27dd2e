using System.Buffers.Binary;
using EmotionStream.Frames;
using EmotionStream.Vision;

namespace EmotionStream.Tests.Vision;

public sealed class JpegDecoderTests : IDisposable
{
    private readonly JpegDecoder _decoder = new(new VisionOptions());
    private readonly GreyImage _image = new();

    public void Dispose() => _decoder.Dispose();

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
        Assert.Equal(DecodeResult.Decoded, _decoder.Decode(TestJpeg.Colour(width, height), _image));

        Assert.Equal((expectedWidth, expectedHeight), (_image.Width, _image.Height));
        Assert.Equal((width, height), (_decoder.OriginalWidth, _decoder.OriginalHeight));
    }

    public static TheoryData<string, byte[]> Kinds => new()
    {
        { "grey", TestJpeg.Grey(640, 480) },
        { "colour", TestJpeg.Colour(640, 480) },
        { "progressive", TestJpeg.ProgressiveColour(640, 480) },
        { "four inks", TestJpeg.Cmyk(640, 480) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_EveryKindOfJpeg_GivesThePictureInGrey(string kind, byte[] jpeg)
    {
        Assert.Equal(DecodeResult.Decoded, _decoder.Decode(jpeg, _image));

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
        foreach (var jpeg in (byte[][])[TestJpeg.Colour(320, 240), TestJpeg.ProgressiveColour(320, 240), TestJpeg.Grey(640, 480)])
        {
            // The last two bytes are the end marker, without which the library warns.
            for (var length = 0; length < jpeg.Length - 2; length += 1 + (length / 50))
            {
                Assert.Equal(DecodeResult.Undecodable, _decoder.Decode(jpeg.AsSpan(0, length), _image));
            }
        }

        Assert.Equal(DecodeResult.Decoded, _decoder.Decode(TestJpeg.Colour(320, 240), _image));
    }

    [Fact]
    public void Decode_GoodPictureAfterEveryBadOne_IsDecoded()
    {
        var good = TestJpeg.Colour(64, 48);
        for (var length = 0; length < good.Length - 2; length += 3)
        {
            Assert.Equal(DecodeResult.Undecodable, _decoder.Decode(good.AsSpan(0, length), _image));
            Assert.Equal(DecodeResult.Decoded, _decoder.Decode(good, _image));
        }
    }

    [Fact]
    public void Decode_BytesChangedAtRandom_NeverThrowsAndGoesOn()
    {
        var random = new Random(1);
        var good = TestJpeg.Colour(160, 120);
        var progressive = TestJpeg.ProgressiveColour(160, 120);
        for (var i = 0; i < 3000; i++)
        {
            var bad = (i % 2 == 0 ? good : progressive).ToArray();
            for (var n = 0; n <= i % 5; n++)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            _ = _decoder.Decode(bad, _image);
        }

        Assert.Equal(DecodeResult.Decoded, _decoder.Decode(good, _image));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xD8 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Decode_NoJpeg_IsUndecodable(byte[] bytes) => Assert.Equal(DecodeResult.Undecodable, _decoder.Decode(bytes, _image));

    [Theory]
    [InlineData(65_000, 65_000)]
    [InlineData(65_000, 16)]
    [InlineData(16, 65_000)]
    [InlineData(8000, 8000)]
    public void Decode_HeaderOfHugeSize_IsTooLargeAndTakesNoMemory(int width, int height)
    {
        var jpeg = WithSize(TestJpeg.Colour(16, 16), width, height);
        Assert.Equal(DecodeResult.TooLarge, _decoder.Decode(jpeg, _image));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = _decoder.Decode(jpeg, _image);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(DecodeResult.TooLarge, result);
        Assert.Equal((width, height), (_decoder.OriginalWidth, _decoder.OriginalHeight));
    }

    [Fact]
    public void Decode_HeaderOfNoSize_IsUndecodable() =>
        Assert.Equal(DecodeResult.Undecodable, _decoder.Decode(WithSize(TestJpeg.Colour(16, 16), 0, 0), _image));

    [Fact]
    public void Decode_LargerHeaderThanData_IsUndecodable() =>
        Assert.Equal(DecodeResult.Undecodable, _decoder.Decode(WithSize(TestJpeg.Colour(64, 64), 1600, 1600), _image));

    [Fact]
    public void Decode_ProgressiveBomb_IsRefusedWithoutDoingItsScans()
    {
        var jpeg = TestJpeg.ProgressiveColour(1024, 1024);
        var scan = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] bomb = [.. jpeg[..^2], .. Enumerable.Repeat(jpeg[scan..^2], 400).SelectMany(bytes => bytes), 0xFF, 0xD9];

        var started = Environment.TickCount64;
        Assert.Equal(DecodeResult.Undecodable, _decoder.Decode(bomb, _image));

        // Doing 400 scans of a megapixel takes seconds; refusing takes the time of looking through the bytes.
        Assert.True(Environment.TickCount64 - started < 500);
    }

    [Fact]
    public void Decode_AgainAndAgain_AllocatesNothing()
    {
        var jpeg = TestJpeg.Colour(640, 480);
        _decoder.Decode(jpeg, _image);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10; i++)
        {
            _decoder.Decode(jpeg, _image);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Decode_AfterDispose_Throws()
    {
        _decoder.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _decoder.Decode(TestJpeg.Grey(16, 16), _image));
    }

    /// <summary>Writes other dimensions into the frame header (marker FFC0 or FFC2: length, precision, height, width).</summary>
    private static byte[] WithSize(byte[] jpeg, int width, int height)
    {
        var header = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(header + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(header + 7), (ushort)width);
        return jpeg;
    }
}
