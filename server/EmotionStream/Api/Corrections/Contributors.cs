using EmotionStream.Contracts;
using EmotionStream.Corrections;

namespace EmotionStream.Api.Corrections;

/// <summary>Tells contributors apart by the secret that they send as bearer.</summary>
internal static class Contributors
{
    /// <summary>The contributor's id, which is a hash of the secret.</summary>
    /// <exception cref="RefusedException">The request has no secret.</exception>
    public static string Require(HttpContext http) => Correction.ContributorOf(RequireSecret(http));

    /// <exception cref="RefusedException">The request has no secret.</exception>
    public static string RequireSecret(HttpContext http) => OperatorAccess.Bearer(http.Request) is { Length: > 0 } secret
        ? secret
        : throw new RefusedException(Refusals.ContributorRequired);
}
