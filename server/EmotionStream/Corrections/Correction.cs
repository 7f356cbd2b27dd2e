using System.Security.Cryptography;
using System.Text;

namespace EmotionStream.Corrections;

/// <summary>One face that a person said was misread, as it is stored: no name, no address and no picture.</summary>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Contributor">The hash of the person's secret.</param>
/// <param name="Source">camera or still.</param>
/// <param name="Label">What the person said, by number.</param>
/// <param name="Answer">What the server had said.</param>
internal sealed record Correction(
    string Id, long At, string Contributor, string Source, string ModelSha256, int Label, int Answer, Half[] Embedding)
{
    /// <summary>One in four is held out from learning, to judge new versions. The id alone decides which.</summary>
    public static bool IsHeldOut(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id))[0] < 64;

    /// <summary>Whether a contributor's secret is long enough that nobody guesses it.</summary>
    public static bool IsSecret(string secret) => secret.Length is >= 16 and <= 128;

    public static string ContributorOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("contributor " + secret))[..16]);
}
