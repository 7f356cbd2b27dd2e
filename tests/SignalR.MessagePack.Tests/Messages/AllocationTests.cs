using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>What a frame costs the garbage collector on its way in.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Frame_OfAnySize_AllocatesItsObjectsButNotItsBytes()
    {
        var protocol = new MessagePackHubProtocol();
        var framed = protocol.GetMessageBytes(new InvocationMessage("Submit", [new byte[40_000], 7L])).ToArray();
        var binder = new FrameBinder();
        Receive(protocol, framed, binder);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            Receive(protocol, framed, binder);
        }

        // The message, its argument array, the boxed number and the payload object.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 256);
    }

    private static void Receive(MessagePackHubProtocol protocol, byte[] framed, FrameBinder binder)
    {
        var input = new ReadOnlySequence<byte>(framed);
        Assert.True(protocol.TryParseMessage(ref input, binder, out var message));
        ((Payload)((InvocationMessage)message).Arguments[0]!).Dispose();
    }

    private sealed class FrameBinder : Microsoft.AspNetCore.SignalR.IInvocationBinder
    {
        private static readonly Type[] s_types = [typeof(Payload), typeof(long)];

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => s_types;

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => "Submit";
    }
}
