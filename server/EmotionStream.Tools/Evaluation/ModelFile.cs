using System.Security.Cryptography;

namespace EmotionStream.Tools.Evaluation;

/// <summary>Which model file was measured: its name, and the hash that tells it from others of that name.</summary>
internal sealed record ModelFile(string Name, string Sha256)
{
    public static ModelFile Of(string path) =>
        new(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
}
