using System.Security.Cryptography;
using System.Text;
using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Decides who may enter which room: with an operator's key those with a token, without one only local users.</summary>
internal sealed class RoomAccess(IOptions<RoomsOptions> options, RoomTokens tokens, TimeProvider time)
{
    /// <summary>True once the operator has set a key, so that tokens can be made and are needed.</summary>
    public bool NeedsTokens => options.Value.OperatorKey is not null;

    /// <summary>Why a visitor may not enter; null if it may, until the time that comes with it.</summary>
    public Refusal? Check(string room, RoomRole role, string? token, bool isLocal, out DateTimeOffset until)
    {
        until = DateTimeOffset.MaxValue;
        if (!NeedsTokens)
        {
            return isLocal ? null : Refusals.RoomsAreLocal;
        }

        if (string.IsNullOrEmpty(token))
        {
            return Refusals.TokenRequired;
        }

        if (tokens.Read(token) is not { } pass)
        {
            return Refusals.TokenInvalid;
        }

        until = pass.Until;
        return pass switch
        {
            _ when pass.Until <= time.GetUtcNow() => Refusals.TokenExpired,
            _ when pass.Room != room => Refusals.TokenWrongRoom,
            _ when pass.Role != role => Refusals.TokenWrongRole,
            _ => null,
        };
    }

    /// <summary>Whether a key is the operator's; how long the answer takes tells nothing of the key.</summary>
    public bool IsOperator(string? key) =>
        key is not null && options.Value.OperatorKey is { } known && CryptographicOperations.FixedTimeEquals(Hash(key), Hash(known));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
