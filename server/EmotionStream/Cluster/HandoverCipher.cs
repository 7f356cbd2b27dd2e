using System.Security.Cryptography;
using System.Text;

namespace EmotionStream.Cluster;

/// <summary>Encrypts what servers leave for each other, so that Redis and those who read it learn nothing, and notices what was altered there.</summary>
/// <remarks>
/// Layout: nonce (12 bytes), tag (16), AES-256-GCM ciphertext. The name under which it lies is authenticated with it. Sessions and calls are left at the
/// same time, and .NET's cipher may be used by one thread only: each use has its own.
/// </remarks>
internal sealed class HandoverCipher(string key)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), outputLength: 32, info: "EmotionStream handover, 1"u8.ToArray());

    public byte[] Encrypt(string name, ReadOnlySpan<byte> state)
    {
        var encrypted = new byte[NonceSize + TagSize + state.Length];
        var nonce = encrypted.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(nonce, state, encrypted.AsSpan(NonceSize + TagSize), encrypted.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(name));
        return encrypted;
    }

    /// <summary>Null if it was not encrypted with this key under this name.</summary>
    public byte[]? Decrypt(string name, ReadOnlySpan<byte> encrypted)
    {
        if (encrypted.Length < NonceSize + TagSize)
        {
            return null;
        }

        var state = new byte[encrypted.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_key, TagSize);
        try
        {
            cipher.Decrypt(
                encrypted[..NonceSize], encrypted[(NonceSize + TagSize)..], encrypted.Slice(NonceSize, TagSize), state, Encoding.UTF8.GetBytes(name));
            return state;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
