using System.Buffers;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>Takes its bytes into a pooled array and remembers whether it gave that back.</summary>
public sealed class Payload : IBinaryPayload<Payload>, IDisposable
{
    // Of this thread, because tests run side by side.
    [ThreadStatic]
    private static Payload? t_last;

    private readonly byte[] _array;

    private Payload(byte[] array, int length) => (_array, Length) = (array, length);

    public static Payload? Last => t_last;

    public int Length { get; }

    public bool IsDisposed { get; private set; }

    public ReadOnlyMemory<byte> Content => _array.AsMemory(0, Length);

    public static Payload Read(in ReadOnlySequence<byte> bytes)
    {
        var array = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(array);
        return t_last = new Payload(array, (int)bytes.Length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_array);
        IsDisposed = true;
    }
}
