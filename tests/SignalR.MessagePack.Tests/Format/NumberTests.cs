using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Tests.Format;

/// <summary>Numbers: shortest encodings out, every encoding that fits in.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7F")]
    [InlineData(128L, "CC 80")]
    [InlineData(255L, "CC FF")]
    [InlineData(256L, "CD 01 00")]
    [InlineData(65535L, "CD FF FF")]
    [InlineData(65536L, "CE 00 01 00 00")]
    [InlineData(4294967295L, "CE FF FF FF FF")]
    [InlineData(4294967296L, "CF 00 00 00 01 00 00 00 00")]
    [InlineData(long.MaxValue, "CF 7F FF FF FF FF FF FF FF")]
    [InlineData(-1L, "FF")]
    [InlineData(-32L, "E0")]
    [InlineData(-33L, "D0 DF")]
    [InlineData(-128L, "D0 80")]
    [InlineData(-129L, "D1 FF 7F")]
    [InlineData(-32768L, "D1 80 00")]
    [InlineData(-32769L, "D2 FF FF 7F FF")]
    [InlineData(-2147483648L, "D2 80 00 00 00")]
    [InlineData(-2147483649L, "D3 FF FF FF FF 7F FF FF FF")]
    [InlineData(long.MinValue, "D3 80 00 00 00 00 00 00 00")]
    public void Integer_TakesItsShortestEncodingAndComesBack(long value, string hex)
    {
        var bytes = Bytes.Written((ref writer) => writer.WriteInteger(value));

        Assert.Equal(Bytes.Of(hex), bytes);
        Assert.Equal(value, new MessagePackReader(Bytes.Sequence(bytes)).ReadInteger<long>());
        Assert.Equal(value, new MessagePackReader(Bytes.Scattered(bytes)).ReadInteger<long>());
        Assert.Equal(value, new MessagePackReader(Bytes.Sequence(bytes)).ReadDouble());
    }

    [Theory]
    [InlineData("03", 3)]
    [InlineData("D0 03", 3)]
    [InlineData("D1 00 03", 3)]
    [InlineData("D2 00 00 00 03", 3)]
    [InlineData("D3 00 00 00 00 00 00 00 03", 3)]
    [InlineData("CC 03", 3)]
    [InlineData("CF 00 00 00 00 00 00 00 03", 3)]
    [InlineData("CA 40 40 00 00", 3)]
    [InlineData("CB 40 08 00 00 00 00 00 00", 3)]
    [InlineData("CB C0 08 00 00 00 00 00 00", -3)]
    public void Int_AcceptsEveryEncodingThatFits(string hex, int expected)
    {
        Assert.Equal(expected, new MessagePackReader(Bytes.Sequence(Bytes.Of(hex))).ReadInteger<int>());
        Assert.Equal(expected, new MessagePackReader(Bytes.Sequence(Bytes.Of(hex))).ReadDouble());
        Assert.Equal(expected, new MessagePackReader(Bytes.Sequence(Bytes.Of(hex))).ReadSingle());
    }

    [Theory]
    [InlineData("CE 80 00 00 00")]
    [InlineData("D3 FF FF FF FF 7F FF FF FF")]
    [InlineData("CB 40 0C 00 00 00 00 00 00")]
    [InlineData("CB 7F F8 00 00 00 00 00 00")]
    [InlineData("CB 7F F0 00 00 00 00 00 00")]
    [InlineData("CB 43 E0 00 00 00 00 00 00")]
    [InlineData("A1 33")]
    [InlineData("C0")]
    [InlineData("C3")]
    public void Int_RefusesWhatDoesNotFit(string hex) =>
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Sequence(Bytes.Of(hex))).ReadInteger<int>());

    [Fact]
    public void NegativeNumber_DoesNotFitUnsignedTypes()
    {
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Sequence([0xff])).ReadInteger<byte>());
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Sequence([0xff])).ReadInteger<ulong>());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1760000000123.25)]
    public void Double_ComesBackExactly(double value)
    {
        var bytes = Bytes.Written((ref writer) => writer.WriteDouble(value));

        Assert.Equal(value, new MessagePackReader(Bytes.Scattered(bytes)).ReadDouble());
    }

    [Fact]
    public void Single_RefusesAFiniteNumberThatWouldBecomeInfinite()
    {
        var bytes = Bytes.Written((ref writer) => writer.WriteDouble(1e300));

        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Sequence(bytes)).ReadSingle());
    }
}
