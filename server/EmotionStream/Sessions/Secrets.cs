using System.Buffers.Text;
using System.Security.Cryptography;

namespace EmotionStream.Sessions;

/// <summary>Makes ids and tokens that can't be guessed.</summary>
internal static class Secrets
{
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
