using System.Buffers;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Tests.Format;

/// <summary>Text, binary data, containers and timestamps, sound and broken.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData(0, "A0")]
    [InlineData(31, "BF")]
    [InlineData(32, "D9 20")]
    [InlineData(255, "D9 FF")]
    [InlineData(256, "DA 01 00")]
    [InlineData(65536, "DB 00 01 00 00")]
    public void String_HasTheShortestHeaderAndComesBack(int length, string header)
    {
        var text = new string('x', length);
        var bytes = Bytes.Written((ref writer) => writer.WriteString(text));

        Assert.StartsWith(Convert.ToHexString(Bytes.Of(header)), Convert.ToHexString(bytes));
        var reader = new MessagePackReader(Bytes.Sequence(bytes));
        Assert.Equal(text, reader.ReadString());
        Assert.True(reader.End);
    }

    [Theory]
    [InlineData(0, "C4 00")]
    [InlineData(255, "C4 FF")]
    [InlineData(256, "C5 01 00")]
    [InlineData(65536, "C6 00 01 00 00")]
    public void Binary_HasTheShortestHeaderAndComesBack(int length, string header)
    {
        var content = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var bytes = Bytes.Written((ref writer) => writer.WriteBinary(content));

        Assert.StartsWith(Convert.ToHexString(Bytes.Of(header)), Convert.ToHexString(bytes));
        var reader = new MessagePackReader(Bytes.Sequence(bytes));
        Assert.Equal(content, reader.ReadBinary().ToArray());
        Assert.True(reader.End);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(15, 1)]
    [InlineData(16, 3)]
    [InlineData(65535, 3)]
    [InlineData(65536, 5)]
    public void ContainerHeaders_AreTheShortestAndComeBack(int count, int headerLength)
    {
        var array = Bytes.Written((ref writer) => writer.WriteArrayHeader(count));
        var map = Bytes.Written((ref writer) => writer.WriteMapHeader(count));

        Assert.Equal((headerLength, headerLength), (array.Length, map.Length));
        Assert.Equal(count, new MessagePackReader(Bytes.Sequence([.. array, .. new byte[count]])).ReadArrayHeader());
        Assert.Equal(count, new MessagePackReader(Bytes.Sequence([.. map, .. new byte[2 * count]])).ReadMapHeader());
    }

    [Fact]
    public void Text_MayLieAcrossSegments()
    {
        var bytes = Bytes.Written((ref writer) => writer.WriteString("größer als ein 字節 😀"));

        Assert.Equal("größer als ein 字節 😀", new MessagePackReader(Bytes.Scattered(bytes)).ReadString());
    }

    [Theory]
    [InlineData("A1 80")]
    [InlineData("A2 C3 28")]
    [InlineData("A3 ED A0 80")]
    public void Text_ThatIsNotUtf8_IsRefused(string hex) =>
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Sequence(Bytes.Of(hex))).ReadString());

    [Theory]
    [InlineData("C1")]
    [InlineData("")]
    [InlineData("DD FF FF FF FF")]
    [InlineData("DF 7F FF FF FF 00")]
    [InlineData("DB FF FF FF FF 41")]
    [InlineData("C6 FF FF FF FF 41")]
    [InlineData("C9 FF FF FF FF 01 41")]
    [InlineData("93 01 02")]
    [InlineData("81 01")]
    [InlineData("D8 01 00")]
    [InlineData("CF 00 00")]
    public void Skip_RefusesWhatIsNotWhole(string hex)
    {
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Sequence(Bytes.Of(hex))).Skip());
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(Bytes.Scattered(Bytes.Of(hex))).Skip());
    }

    [Theory]
    [InlineData("C0")]
    [InlineData("C2")]
    [InlineData("05")]
    [InlineData("CA 00 00 00 00")]
    [InlineData("93 01 92 02 A1 41 C4 01 00")]
    [InlineData("82 A1 41 01 A1 42 81 A1 43 90")]
    [InlineData("D4 05 00")]
    [InlineData("C7 03 05 00 00 00")]
    public void Skip_TakesExactlyOneValue(string hex)
    {
        var reader = new MessagePackReader(Bytes.Scattered([.. Bytes.Of(hex), 0x2a]));
        reader.Skip();

        Assert.Equal(0x2a, reader.ReadInteger<int>());
        Assert.True(reader.End);
    }

    [Fact]
    public void Skip_TakesAnyDepthWithoutRecursion()
    {
        var deep = Enumerable.Repeat((byte)0x91, 1_000_000).Append((byte)0xc0).ToArray();
        var reader = new MessagePackReader(Bytes.Sequence(deep));
        reader.Skip();

        Assert.True(reader.End);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59.75Z")]
    [InlineData("2026-02-03T04:05:06.789Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void Timestamp_ComesBack(string text)
    {
        var value = DateTimeOffset.Parse(text, null);
        var bytes = Bytes.Written((ref writer) => MessagePackTimestamp.Write(ref writer, value));
        var reader = new MessagePackReader(Bytes.Sequence(bytes));

        Assert.Equal(value, MessagePackTimestamp.Read(ref reader));
    }

    [Theory]
    [InlineData("D6 FF 00 00 00 01", "1970-01-01T00:00:01Z")]
    [InlineData("D7 FF 77 35 94 00 00 00 00 01", "1970-01-01T00:00:01.5Z")]
    public void Timestamp_ShortFormsAreRead(string hex, string expected)
    {
        var reader = new MessagePackReader(Bytes.Sequence(Bytes.Of(hex)));

        Assert.Equal(DateTimeOffset.Parse(expected, null), MessagePackTimestamp.Read(ref reader));
    }

    [Theory]
    [InlineData("D6 01 00 00 00 01")]
    [InlineData("D5 FF 00 01")]
    [InlineData("D7 FF FF FF FF FF 00 00 00 01")]
    [InlineData("C7 0C FF 00 00 00 00 7F FF FF FF FF FF FF FF")]
    public void Timestamp_OutOfRangeOrOfAnotherType_IsRefused(string hex) => Assert.Throws<InvalidDataException>(() =>
    {
        var reader = new MessagePackReader(Bytes.Sequence(Bytes.Of(hex)));
        MessagePackTimestamp.Read(ref reader);
    });
}
