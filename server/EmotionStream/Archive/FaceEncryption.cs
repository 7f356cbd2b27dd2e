using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Corrections;
using Microsoft.Extensions.Options;

namespace EmotionStream.Archive;

/// <summary>Encrypts the faces that are kept, with AES-256 in GCM (NIST SP 800-38D), and decrypts them.</summary>
/// <remarks>
/// A face's nonce is random, which is sound for 2^32 faces of one key. What is encrypted is bound to its correction: under another id, label
/// or contributor it can't be opened, so that nobody who can write to the database can put a face in another's place.
/// </remarks>
internal sealed class FaceEncryption(IOptions<ArchiveOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = NonceBytes + TagBytes;
    private const int KeyIdBytes = 8;

    private readonly byte[]? _key = options.Value.KeyOrNull();

    /// <summary>Without a key nothing is kept.</summary>
    public bool HasKey => _key is not null;

    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public EncryptedFace Encrypt(Correction correction, ReadOnlySpan<byte> crop)
    {
        var key = _key ?? throw new InvalidOperationException("Nothing can be encrypted without a key.");
        var bytes = new byte[HeadBytes + crop.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, crop, bytes.AsSpan(HeadBytes), bytes.AsSpan(NonceBytes, TagBytes), Binding(correction.Id, correction.Label, correction.Contributor));
        return new EncryptedFace(KeyId(key), bytes);
    }

    /// <summary>The face's crop, or why it can't be decrypted.</summary>
    public (byte[]? Crop, DecryptionProblem? Problem) Decrypt(ArchivedFace face)
    {
        if (_key is null)
        {
            return (null, DecryptionProblem.NoKey);
        }

        if (face.Encrypted.KeyId != KeyId(_key))
        {
            return (null, DecryptionProblem.OtherKey);
        }

        var bytes = face.Encrypted.Bytes;
        if (bytes.Length <= HeadBytes)
        {
            return (null, DecryptionProblem.Damaged);
        }

        var crop = new byte[bytes.Length - HeadBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(HeadBytes), bytes.AsSpan(NonceBytes, TagBytes), crop,
                Binding(face.Correction, face.Label, face.Contributor));
            return (crop, null);
        }
        catch (AuthenticationTagMismatchException)
        {
            return (null, DecryptionProblem.Damaged);
        }
    }

    private static byte[] Binding(string correction, int label, string contributor) =>
        Encoding.UTF8.GetBytes($"EmotionStream face, 1\n{correction}\n{label}\n{contributor}");

    private static string KeyId(byte[] key) =>
        Base64Url.EncodeToString(SHA256.HashData([.. "EmotionStream archive key, 1: "u8, .. key]).AsSpan(0, KeyIdBytes));
}
