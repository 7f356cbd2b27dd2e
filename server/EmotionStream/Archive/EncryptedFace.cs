namespace EmotionStream.Archive;

/// <summary>An encrypted crop: nonce, tag and ciphertext.</summary>
/// <param name="KeyId">Identifies the key and reveals nothing about it.</param>
internal sealed record EncryptedFace(string KeyId, byte[] Bytes);
