using System.Security.Cryptography;
using EmotionStream.Archive;
using EmotionStream.Corrections;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Archive;

/// <summary>Keys, corrections and crops for tests of the face archive.</summary>
internal static class MadeArchive
{
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(ArchiveOptions.KeyBytes));

    public static FaceEncryption EncryptionWith(string? key) => new(Options.Create(new ArchiveOptions { Key = key }));

    public static Correction Correction(string id, string contributor = "ann", int label = 3) =>
        new(id, 1_000, contributor, "camera", "a model", label, 1, new Half[16]);

    /// <summary>A crop that nothing else could be mistaken for.</summary>
    public static byte[] Crop() => RandomNumberGenerator.GetBytes(48 * 48);
}
