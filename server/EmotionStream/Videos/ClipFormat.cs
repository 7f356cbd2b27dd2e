namespace EmotionStream.Videos;

/// <summary>Tells by its first bytes what a clip is, and so which of ffmpeg's many readers may look at it.</summary>
/// <remarks>Others of them follow addresses and file names that a clip may hold; the ones named here do not.</remarks>
internal static class ClipFormat
{
    /// <summary>As many bytes as are needed to tell.</summary>
    public const int Head = 12;

    /// <summary>ffmpeg's name of the format; null for anything but MP4, WebM or MJPEG.</summary>
    public static string? Of(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.Length >= 8 && head[4..8].SequenceEqual("ftyp"u8) => "mov",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "matroska",
        [0xFF, 0xD8, 0xFF, ..] => "mjpeg",
        _ => null,
    };
}
