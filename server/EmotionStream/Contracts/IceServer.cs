using System.ComponentModel.DataAnnotations;

namespace EmotionStream.Contracts;

/// <summary>A STUN or TURN server, through which browsers find each other where they can't directly.</summary>
/// <param name="Urls">One address, such as stun:stun.example.org:3478.</param>
public sealed record IceServer(
    [property: Required, RegularExpression("(stuns?|turns?):.+")] string Urls, string? Username = null, string? Credential = null);
