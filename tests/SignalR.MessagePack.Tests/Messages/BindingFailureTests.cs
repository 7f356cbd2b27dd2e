using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>Sound messages that do not suit their method fail that call only, and leak nothing.</summary>
public sealed class BindingFailureTests
{
    private readonly MessagePackHubProtocol _protocol = new();

    [Theory]
    [InlineData("too few arguments", "95 01 80 A1 37 A3 41 64 64 91 01")]
    [InlineData("too many arguments", "95 01 80 A1 37 A3 41 64 64 93 01 A1 78 C0")]
    [InlineData("wrong argument type", "95 01 80 A1 37 A3 41 64 64 92 A1 78 01")]
    [InlineData("arguments that are no list", "95 01 80 A1 37 A3 41 64 64 05")]
    [InlineData("text that is not UTF-8", "95 01 80 A1 37 A3 41 64 64 92 01 A1 80")]
    [InlineData("unknown method", "95 01 80 A1 37 A3 4E 6F 70 90")]
    [InlineData("stream, wrong argument type", "95 04 80 A1 37 A3 41 64 64 92 A1 78 01")]
    public void Call_ThatCannotBeBound_IsABindingFailure(string reason, string hex)
    {
        var failure = Assert.IsType<InvocationBindingFailureMessage>(Parse(Bytes.Of(hex)));

        Assert.True(failure.InvocationId == "7", reason);
        Assert.NotNull(failure.BindingFailure.SourceException);
    }

    [Fact]
    public void StreamItem_OfTheWrongTypeOrStream_IsABindingFailure()
    {
        var item = Bytes.Of("94 02 80 A1 37 A1 78");

        Assert.Equal("7", Assert.IsType<StreamBindingFailureMessage>(Parse(item, new TestBinder { ResultType = typeof(int) })).Id);
        Assert.Equal("7", Assert.IsType<StreamBindingFailureMessage>(Parse(item, new TestBinder { ResultType = null })).Id);
    }

    [Fact]
    public void Result_OfTheWrongType_IsAnErrorForWhoeverWaits()
    {
        var completion = Assert.IsType<CompletionMessage>(
            Parse(Bytes.Of("95 03 80 A1 37 03 A1 78"), new TestBinder { ResultType = typeof(int) }));

        Assert.Contains("Int32", completion.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_ThatNobodyWaitsFor_IsDropped()
    {
        var completion = Assert.IsType<CompletionMessage>(Parse(Bytes.Of("95 03 80 A1 37 03 A1 78"), new TestBinder { ResultType = null }));

        Assert.False(completion.HasResult);
    }

    [Fact]
    public void Payload_ReceivesItsBytesFromTheSequence()
    {
        var call = Assert.IsType<InvocationMessage>(Parse(Bytes.Of("95 01 80 C0 A6 53 75 62 6D 69 74 92 C4 03 01 02 03 05")));

        using var payload = Assert.IsType<Payload>(call.Arguments[0]);
        Assert.Equal([1, 2, 3], payload.Content.ToArray());
        Assert.False(payload.IsDisposed);
    }

    [Theory]
    [InlineData("95 01 80 C0 A6 53 75 62 6D 69 74 92 C4 03 01 02 03 A1 78")]
    [InlineData("95 01 80 C0 A6 53 75 62 6D 69 74 92 C4 03 01 02 03 C0")]
    public void Payload_BeforeAnArgumentThatCannotBeBound_IsDisposed(string hex)
    {
        Assert.IsType<InvocationBindingFailureMessage>(Parse(Bytes.Of(hex)));

        Assert.True(Payload.Last!.IsDisposed);
    }

    [Theory]
    [InlineData("95 01 80 C0 A6 53 75 62 6D 69 74 92 C0 05")]
    [InlineData("95 01 80 C0 A6 53 75 62 6D 69 74 92 93 01 02 03 05")]
    public void Payload_FromAnythingButBinaryData_IsABindingFailure(string hex) =>
        Assert.IsType<InvocationBindingFailureMessage>(Parse(Bytes.Of(hex)));

    private HubMessage? Parse(byte[] message, IInvocationBinder? binder = null)
    {
        var input = Bytes.Scattered(Bytes.Framed(message));
        Assert.True(_protocol.TryParseMessage(ref input, binder ?? new TestBinder(), out var parsed));
        return parsed;
    }
}
