namespace EmotionStream.Archive;

/// <summary>A face's crop under a key: nonce, tag and what was encrypted.</summary>
/// <param name="KeyId">Tells which key it was, and nothing else of it.</param>
internal sealed record EncryptedFace(string KeyId, byte[] Bytes);
