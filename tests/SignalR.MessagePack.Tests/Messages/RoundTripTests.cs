using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>Every message type against bytes written by hand, in both directions.</summary>
public sealed class RoundTripTests
{
    private readonly MessagePackHubProtocol _protocol = new();

    public static TheoryData<string> Names => Samples.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_IsWrittenAsTheSpecificationSays(string name)
    {
        var (message, framed) = Samples.Get(name);
        var output = new ArrayBufferWriter<byte>();

        _protocol.WriteMessage(message, output);

        Assert.Equal(Convert.ToHexString(framed), Convert.ToHexString(output.WrittenSpan));
        Assert.Equal(framed, _protocol.GetMessageBytes(message).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_IsReadBack(string name)
    {
        var (message, framed) = Samples.Get(name);

        Assert.Equivalent(message, Parse(Bytes.Sequence(framed)), strict: true);
        Assert.Equivalent(message, Parse(Bytes.Scattered(framed)), strict: true);
    }

    [Theory]
    [InlineData("95 01 80 A1 37 A3 41 64 64 92 01 A1 78", typeof(InvocationMessage))]
    [InlineData("95 01 80 A0 A3 41 64 64 92 01 A1 78", typeof(InvocationMessage))]
    [InlineData("95 04 80 A1 37 A3 41 64 64 92 01 A1 78", typeof(StreamInvocationMessage))]
    [InlineData("92 07 C0", typeof(CloseMessage))]
    [InlineData("93 07 C0 C0", typeof(CloseMessage))]
    [InlineData("92 06 A1 78", typeof(PingMessage))]
    [InlineData("95 05 80 A1 37 C0 C0", typeof(CancelInvocationMessage))]
    public void Message_WithItemsMissingOrAddedAsTheSpecificationAllows_IsRead(string hex, Type expected) =>
        Assert.IsType(expected, Parse(Bytes.Sequence(Bytes.Framed(Bytes.Of(hex)))));

    [Fact]
    public void Messages_BehindEachOther_AreReadOneByOne()
    {
        var input = Bytes.Scattered([.. Samples.All.SelectMany(sample => Bytes.Framed(Bytes.Of(sample.Hex))), 0x05, 0x91]);
        foreach (var (_, expected, _) in Samples.All)
        {
            Assert.True(_protocol.TryParseMessage(ref input, new TestBinder(), out var message));
            Assert.Equal(expected.GetType(), message.GetType());
        }

        Assert.False(_protocol.TryParseMessage(ref input, new TestBinder(), out _));
        Assert.Equal(2, input.Length);
    }

    [Fact]
    public void Message_OfAnUnknownType_IsSkipped()
    {
        var input = Bytes.Sequence([.. Bytes.Framed(0x92, 0x63, 0xc0), .. Bytes.Framed(0x91, 0x06)]);

        Assert.True(_protocol.TryParseMessage(ref input, new TestBinder(), out var message));
        Assert.IsType<PingMessage>(message);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(127, 2)]
    [InlineData(20_000, 3)]
    [InlineData(3_000_000, 4)]
    public void Length_TakesAsManyBytesAsItNeeds(int size, int prefixLength)
    {
        var bytes = _protocol.GetMessageBytes(new StreamItemMessage("7", new byte[size])).ToArray();

        var item = Assert.IsType<StreamItemMessage>(Parse(Bytes.Sequence(bytes)));

        Assert.Equal(size, Assert.IsType<byte[]>(item.Item).Length);
        Assert.Equal(prefixLength, 1 + bytes.TakeWhile(part => part >= 0x80).Count());
    }

    [Fact]
    public void Target_ThatTheBinderKnows_IsNoNewString()
    {
        var invocation = Assert.IsType<InvocationMessage>(Parse(Bytes.Sequence(Samples.Get("invocation").Framed)));

        Assert.Same(TestBinder.Add, invocation.Target);
    }

    [Fact]
    public void RawResult_PassesThroughUnread()
    {
        var framed = Samples.Get("completion with value").Framed;

        var completion = Assert.IsType<CompletionMessage>(Parse(Bytes.Sequence(framed), new TestBinder { ResultType = typeof(RawResult) }));

        Assert.Equal([42], Assert.IsType<RawResult>(completion.Result).RawSerializedData.ToArray());
        Assert.Equal(framed, _protocol.GetMessageBytes(completion).ToArray());
    }

    [Fact]
    public void Protocol_NamesItself()
    {
        Assert.Equal(("messagepack", 2), (_protocol.Name, _protocol.Version));
        Assert.True(_protocol.IsVersionSupported(1));
        Assert.False(_protocol.IsVersionSupported(3));
    }

    private HubMessage? Parse(ReadOnlySequence<byte> input, TestBinder? binder = null)
    {
        Assert.True(_protocol.TryParseMessage(ref input, binder ?? new TestBinder(), out var message));
        Assert.True(input.IsEmpty);
        return message;
    }
}
