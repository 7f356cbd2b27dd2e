using System.Numerics;

namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>A number as it came, before the receiver's type is known.</summary>
/// <remarks>JavaScript has one number type and sends 3.0 as the integer 3, so every target accepts every encoding that fits.</remarks>
internal readonly struct MessagePackNumber
{
    private readonly ulong _bits;
    private readonly Encoded _encoded;

    public MessagePackNumber(long value) => (_bits, _encoded) = ((ulong)value, Encoded.Signed);

    public MessagePackNumber(ulong value) => (_bits, _encoded) = (value, Encoded.Unsigned);

    public MessagePackNumber(double value) => (_bits, _encoded) = (BitConverter.DoubleToUInt64Bits(value), Encoded.Float);

    private enum Encoded : byte
    {
        Signed,
        Unsigned,
        Float,
    }

    private double Float => BitConverter.UInt64BitsToDouble(_bits);

    public double ToDouble() => _encoded switch
    {
        Encoded.Signed => (long)_bits,
        Encoded.Unsigned => _bits,
        _ => Float,
    };

    public float ToSingle()
    {
        var value = ToDouble();
        var narrowed = (float)value;
        return float.IsInfinity(narrowed) && double.IsFinite(value) ? throw Malformed.DoesNotFit(typeof(float)) : narrowed;
    }

    public T ToInteger<T>()
        where T : struct, IBinaryInteger<T>
    {
        try
        {
            return _encoded switch
            {
                Encoded.Signed => T.CreateChecked((long)_bits),
                Encoded.Unsigned => T.CreateChecked(_bits),
                _ => double.IsInteger(Float) ? T.CreateChecked(Float) : throw Malformed.DoesNotFit(typeof(T)),
            };
        }
        catch (OverflowException overflow)
        {
            throw Malformed.Because($"the number does not fit {typeof(T).Name}", overflow);
        }
    }

    /// <summary>The value as the smallest of long, ulong and double that holds it exactly.</summary>
    public object ToObject() => _encoded switch
    {
        Encoded.Signed => (object)(long)_bits,
        Encoded.Unsigned when _bits <= long.MaxValue => (long)_bits,
        Encoded.Unsigned => _bits,
        _ => Float,
    };
}
