using System.IO.Compression;

namespace EmotionStream.Tools.Evaluation;

/// <summary>Reads files out of a zip.</summary>
internal static class ZipBytes
{
    public static byte[] Of(ZipArchiveEntry entry)
    {
        try
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (InvalidDataException problem)
        {
            throw new EvaluationException($"{entry.FullName} is damaged in its zip file.", problem);
        }
    }
}
