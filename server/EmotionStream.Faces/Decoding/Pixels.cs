using System.Numerics;

namespace EmotionStream.Faces.Decoding;

/// <summary>Turns a picture's bytes into what models take.</summary>
internal static class Pixels
{
    /// <summary>Writes bytes as floats of the same value.</summary>
    public static void Widen(ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        var done = 0;
        for (; done <= bytes.Length - Vector<byte>.Count; done += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[done..]), out var low, out var high);
            Store(low, floats[done..]);
            Store(high, floats[(done + Vector<ushort>.Count)..]);
        }

        for (; done < bytes.Length; done++)
        {
            floats[done] = bytes[done];
        }
    }

    private static void Store(Vector<ushort> values, Span<float> floats)
    {
        Vector.Widen(values, out var low, out var high);
        Vector.ConvertToSingle(Vector.AsVectorInt32(low)).CopyTo(floats);
        Vector.ConvertToSingle(Vector.AsVectorInt32(high)).CopyTo(floats[Vector<uint>.Count..]);
    }
}
