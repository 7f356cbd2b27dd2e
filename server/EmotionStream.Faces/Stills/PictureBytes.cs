using System.Buffers;
using System.Numerics;
using EmotionStream.Contracts;

namespace EmotionStream.Faces.Stills;

/// <summary>The bytes of one picture in a buffer that grows as they come in: memory only, whatever the size.</summary>
/// <remarks>Its owner disposes it; disposing twice is harmless.</remarks>
internal sealed class PictureBytes(PictureBudget budget) : IDisposable
{
    // Most pictures from a camera's stream fit; larger ones double it.
    private const int FirstSize = 128 * 1024;

    // The pool has powers of two from here on, and keeps what it gets back, of every size: of buffers that doubled up to 16 MB, three times the budget.
    private const int SmallestPooled = 16;
    private const int LargestPooled = 1 << 20;

    private byte[] _buffer = [];
    private int _length;

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    public bool IsEmpty => _length == 0;

    public static PictureBytes Copy(ReadOnlySpan<byte> picture, PictureBudget budget)
    {
        var bytes = new PictureBytes(budget);
        picture.CopyTo(bytes.Reserve(picture.Length).Span);
        bytes.Advance(picture.Length, picture.Length);
        return bytes;
    }

    /// <exception cref="RefusedException">There are more than <paramref name="most"/>, or the server holds too much already.</exception>
    public static async Task<PictureBytes> ReadAsync(Stream stream, int most, PictureBudget budget, CancellationToken cancellation)
    {
        var bytes = new PictureBytes(budget);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(bytes.Free(most), cancellation)) > 0)
            {
                bytes.Advance(read, most);
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Room for so many bytes, of which <see cref="Advance"/> tells how many were written.</summary>
    public Memory<byte> Reserve(int bytes)
    {
        Grow(_length + bytes);
        return _buffer.AsMemory(_length, bytes);
    }

    public void Advance(int bytes, int most)
    {
        _length += bytes;
        if (_length > most)
        {
            throw new RefusedException(Refusals.TooLarge);
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        (_buffer, _length) = ([], 0);
        Return(buffer);
    }

    /// <summary>The rest of the buffer, or a larger one's; one byte more than allowed is enough to see that there are too many.</summary>
    private Memory<byte> Free(int most)
    {
        if (_length == _buffer.Length)
        {
            Grow((int)Math.Min(Math.Max(FirstSize, 2L * _length), most + 1L));
        }

        return _buffer.AsMemory(_length);
    }

    private void Grow(int size)
    {
        if (size <= _buffer.Length)
        {
            return;
        }

        // Counted before it is there: sixty uploads at once would otherwise each hold the buffer that is then refused.
        var counted = size > LargestPooled ? size : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, SmallestPooled));
        budget.Take(counted);
        byte[] grown;
        try
        {
            grown = size > LargestPooled ? GC.AllocateUninitializedArray<byte>(size) : ArrayPool<byte>.Shared.Rent(counted);
        }
        catch
        {
            budget.GiveBack(counted);
            throw;
        }

        var old = _buffer;
        old.AsSpan(0, _length).CopyTo(grown);
        _buffer = grown;
        Return(old);
    }

    private void Return(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        budget.GiveBack(buffer.Length);
    }
}
