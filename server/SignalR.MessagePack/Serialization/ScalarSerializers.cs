using System.Globalization;
using System.Numerics;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Booleans.</summary>
internal sealed class BooleanSerializer : Serializer<bool>
{
    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();

    public override void Write(ref MessagePackWriter writer, bool value) => writer.WriteBoolean(value);
}

/// <summary>Whole numbers whose every value fits a long.</summary>
internal sealed class IntegerSerializer<T> : Serializer<T>
    where T : struct, IBinaryInteger<T>
{
    public override T Read(ref MessagePackReader reader) => reader.ReadInteger<T>();

    public override void Write(ref MessagePackWriter writer, T value) => writer.WriteInteger(long.CreateChecked(value));
}

/// <summary>Whole numbers up to 2^64 - 1.</summary>
internal sealed class UnsignedLongSerializer : Serializer<ulong>
{
    public override ulong Read(ref MessagePackReader reader) => reader.ReadInteger<ulong>();

    public override void Write(ref MessagePackWriter writer, ulong value) => writer.WriteInteger(value);
}

/// <summary>Single-precision numbers.</summary>
internal sealed class SingleSerializer : Serializer<float>
{
    public override float Read(ref MessagePackReader reader) => reader.ReadSingle();

    public override void Write(ref MessagePackWriter writer, float value) => writer.WriteSingle(value);
}

/// <summary>Double-precision numbers.</summary>
internal sealed class DoubleSerializer : Serializer<double>
{
    public override double Read(ref MessagePackReader reader) => reader.ReadDouble();

    public override void Write(ref MessagePackWriter writer, double value) => writer.WriteDouble(value);
}

/// <summary>Text.</summary>
internal sealed class StringSerializer : Serializer<string>
{
    public override string? Read(ref MessagePackReader reader) => reader.ReadOptionalString();

    public override void Write(ref MessagePackWriter writer, string? value) => writer.WriteString(value);
}

/// <summary>Identifiers, which travel as text because JavaScript has no such type.</summary>
internal sealed class GuidSerializer : Serializer<Guid>
{
    public override Guid Read(ref MessagePackReader reader) =>
        Guid.TryParse(reader.ReadUtf8(), CultureInfo.InvariantCulture, out var value) ? value : throw Malformed.Because("expected a GUID");

    public override void Write(ref MessagePackWriter writer, Guid value) => writer.WriteString(value.ToString());
}

/// <summary>Points in time with their offset; the offset itself does not travel.</summary>
internal sealed class DateTimeOffsetSerializer : Serializer<DateTimeOffset>
{
    public override DateTimeOffset Read(ref MessagePackReader reader) => MessagePackTimestamp.Read(ref reader);

    public override void Write(ref MessagePackWriter writer, DateTimeOffset value) => MessagePackTimestamp.Write(ref writer, value);
}

/// <summary>Points in time, always read as UTC.</summary>
internal sealed class DateTimeSerializer : Serializer<DateTime>
{
    public override DateTime Read(ref MessagePackReader reader) => MessagePackTimestamp.Read(ref reader).UtcDateTime;

    public override void Write(ref MessagePackWriter writer, DateTime value) => MessagePackTimestamp.Write(ref writer, value.ToUniversalTime());
}

/// <summary>Value types that may be absent.</summary>
internal sealed class NullableSerializer<T>(Serializer<T> inner) : Serializer<T?>
    where T : struct
{
    public override T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : inner.Read(ref reader);

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } present)
        {
            inner.Write(ref writer, present);
            return;
        }

        writer.WriteNil();
    }
}
