namespace EmotionStream.Tests.Kit;

/// <summary>Recognizes a picture's bytes where they must not be: as they are, as base64 or as hexadecimal digits.</summary>
internal sealed class Pixels(byte[] bytes)
{
    // Long enough to be found nowhere by chance. The step takes base64 in each of its three alignments.
    private const int Length = 24;
    private const int Step = 25;

    public bool AreIn(ReadOnlySpan<byte> content)
    {
        for (var start = 0; start + Length <= bytes.Length; start += Step)
        {
            if (content.IndexOf(bytes.AsSpan(start, Length)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As hexadecimal digits or base64.</summary>
    public bool AreIn(string text)
    {
        for (var start = 0; start + Length <= bytes.Length; start += Step)
        {
            if (text.Contains(Convert.ToHexString(bytes, start, Length), StringComparison.OrdinalIgnoreCase)
                || text.Contains(Convert.ToBase64String(bytes, start, Length), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any file of a folder has them.</summary>
    public bool AreInFolder(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            return AreIn(content.AsSpan(0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)));
        });
}
