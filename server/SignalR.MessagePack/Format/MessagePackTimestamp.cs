using System.Buffers;
using System.Buffers.Binary;

namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>MessagePack's own extension for points in time, which is how JavaScript clients send a Date.</summary>
internal static class MessagePackTimestamp
{
    private const sbyte ExtensionType = -1;
    private const int NanosecondsPerTick = 100;
    private const int LongestForm = 12;

    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        var content = reader.ReadExtension(out var type);
        if (type != ExtensionType || content.Length is not (4 or 8 or LongestForm))
        {
            throw Malformed.Because("expected a timestamp but found another extension");
        }

        Span<byte> bytes = stackalloc byte[(int)content.Length];
        content.CopyTo(bytes);
        var (seconds, nanoseconds) = Split(bytes);
        if (nanoseconds > 999_999_999)
        {
            throw Malformed.Because("a timestamp has a second or more of nanoseconds");
        }

        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / NanosecondsPerTick);
        }
        catch (ArgumentOutOfRangeException outOfRange)
        {
            throw Malformed.Because("a timestamp lies outside the years 1 to 9999", outOfRange);
        }
    }

    public static void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        var sinceEpoch = value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = Math.DivRem(sinceEpoch, TimeSpan.TicksPerSecond, out var ticks);
        if (ticks < 0)
        {
            seconds--;
            ticks += TimeSpan.TicksPerSecond;
        }

        Span<byte> bytes = stackalloc byte[LongestForm];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(ticks * NanosecondsPerTick));
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], seconds);
        writer.WriteExtension(ExtensionType, bytes);
    }

    private static (long Seconds, uint Nanoseconds) Split(ReadOnlySpan<byte> bytes)
    {
        switch (bytes.Length)
        {
            case 4:
                return (BinaryPrimitives.ReadUInt32BigEndian(bytes), 0);
            case 8:
                // 30 bits of nanoseconds, then 34 bits of seconds.
                var packed = BinaryPrimitives.ReadUInt64BigEndian(bytes);
                return ((long)(packed & 0x3_FFFF_FFFF), (uint)(packed >> 34));
            default:
                return (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }
    }
}
