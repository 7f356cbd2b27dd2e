using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Emotion;

/// <summary>
/// Faces that the emotion model was made with, as embeddings: some that every retraining goes over again so that nothing is unlearned,
/// and others, held out, that show whether something was.
/// </summary>
/// <remarks>
/// Embeddings mean nothing to another model, so the file names the one it belongs to. Layout, little endian: "ESreplay", version (1 byte),
/// embedding size (2), SHA-256 of the model file (32), number of faces to train on (4) and held out (4), then embeddings as 16-bit floats and
/// people's labels as bytes, those to train on first.
/// </remarks>
internal sealed record ReplaySet(string ModelSha256, Embeddings Training, byte[] TrainingLabels, Embeddings HeldOut, byte[] HeldOutLabels)
{
    private const byte Version = 1;
    private const int HeaderLength = 8 + 1 + 2 + 32 + 4 + 4;

    private static ReadOnlySpan<byte> Mark => "ESreplay"u8;

    /// <exception cref="ReplaySetException">The file is missing, broken, or belongs to another model; the message says which.</exception>
    public static ReplaySet Load(string path, EmotionModelFile model)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ReplaySetException($"The replay set can't be read: {problem.Message}", problem);
        }

        var set = Parse(bytes) ?? throw new ReplaySetException($"The replay set {Path.GetFileName(path)} is broken.");
        return set.ModelSha256 == model.Sha256 && set.Training.Size == model.Head?.EmbeddingSize
            ? set
            : throw new ReplaySetException(
                $"The replay set {Path.GetFileName(path)} was made for another model than {model.Name} ({model.Sha256[..12]}); make one with the 'replay' command.");
    }

    public void Write(string path)
    {
        var header = new byte[HeaderLength];
        Mark.CopyTo(header);
        header[8] = Version;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(9), (ushort)Training.Size);
        Convert.FromHexString(ModelSha256).CopyTo(header, 11);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(43), Training.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(47), HeldOut.Count);
        File.WriteAllBytes(path, [.. header, .. MemoryMarshal.AsBytes(Training.Values), .. MemoryMarshal.AsBytes(HeldOut.Values), .. TrainingLabels, .. HeldOutLabels]);
    }

    /// <summary>Null where the bytes are no replay set.</summary>
    public static ReplaySet? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Mark) || bytes[8] != Version)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt16LittleEndian(bytes[9..]);
        var model = Convert.ToHexStringLower(bytes.Slice(11, 32));
        long training = BinaryPrimitives.ReadInt32LittleEndian(bytes[43..]);
        long heldOut = BinaryPrimitives.ReadInt32LittleEndian(bytes[47..]);
        var rest = bytes[HeaderLength..];
        if (size == 0 || training <= 0 || heldOut <= 0 || rest.Length != (training + heldOut) * ((2L * size) + 1))
        {
            return null;
        }

        var split = (int)training * size;
        var values = MemoryMarshal.Cast<byte, Half>(rest[..(2 * size * (int)(training + heldOut))]);
        var labels = rest[(2 * values.Length)..];
        return labels.ContainsAnyExceptInRange((byte)0, (byte)(EmotionReading.Labels - 1))
            ? null
            : new ReplaySet(
                model,
                new Embeddings(size, [.. values[..split]]), [.. labels[..(int)training]],
                new Embeddings(size, [.. values[split..]]), [.. labels[(int)training..]]);
    }
}

/// <summary>There is no replay set to learn with; the message is a sentence for the operator.</summary>
internal sealed class ReplaySetException(string message, Exception? inner = null) : Exception(message, inner);
