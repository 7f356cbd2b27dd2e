using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EmotionStream.Sessions;

/// <summary>Makes ids and tokens that can't be guessed.</summary>
internal static class Secrets
{
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    /// <summary>What a token is known by where the token itself is nobody's business.</summary>
    public static string Hash(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
