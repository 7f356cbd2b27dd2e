using System.Buffers.Binary;

namespace EmotionStream.Faces.Decoding;

/// <summary>Finds out how a camera was held: the one thing in a picture's metadata that anybody here looks at.</summary>
/// <remarks>1 is upright, 2 to 8 are the other ways, numbered as Exif 2.3 does (tag 0x0112); what makes no sense counts as upright.</remarks>
internal static class ExifOrientation
{
    public const int Upright = 1;

    private const ushort Tag = 0x0112;
    private const ushort ShortNumber = 3;
    private const int EntrySize = 12;

    /// <summary>Whether an orientation lays the picture on its side.</summary>
    public static bool SwapsSides(int orientation) => orientation >= 5;

    /// <summary>Exif is a TIFF file: a byte order, and directories of numbered entries, the first of which has what is wanted.</summary>
    public static int Of(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!little && !tiff.StartsWith("MM\0*"u8)))
        {
            return Upright;
        }

        var start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2)
        {
            return Upright;
        }

        var directory = tiff[(int)start..];
        var entries = Number(directory, little);
        for (directory = directory[2..]; entries > 0 && directory.Length >= EntrySize; entries--, directory = directory[EntrySize..])
        {
            if (Number(directory, little) == Tag && Number(directory[2..], little) == ShortNumber)
            {
                return Number(directory[8..], little) is var orientation and >= 1 and <= 8 ? orientation : Upright;
            }
        }

        return Upright;
    }

    private static int Number(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
