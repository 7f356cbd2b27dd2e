using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Signs and reads room tokens: role, expiry and room under an HMAC, so that the server keeps no list of them.</summary>
/// <remarks>Layout before base64url: role (1 byte), expiry (8 bytes, milliseconds since 1970), room (UTF-8), HMAC-SHA256 (32 bytes).</remarks>
internal sealed class RoomTokens
{
    private const int RoomOffset = 1 + sizeof(long);

    // A room's name has at most 64 characters, so a genuine token at most 400.
    private const int MaxLength = 512;

    private readonly byte[]? _key;

    public RoomTokens(IOptions<RoomsOptions> options) =>
        // Derived, so that a signature tells nothing that could serve as the operator's key.
        _key = options.Value.OperatorKey is { } key ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "EmotionStream room tokens, 1"u8) : null;

    /// <exception cref="InvalidOperationException">No key is configured.</exception>
    public string Sign(RoomPass pass)
    {
        var key = _key ?? throw new InvalidOperationException("Without an operator's key there are no tokens.");
        var room = Encoding.UTF8.GetBytes(pass.Room);
        var token = new byte[RoomOffset + room.Length + HMACSHA256.HashSizeInBytes];
        token[0] = (byte)pass.Role;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(1), pass.Until.ToUnixTimeMilliseconds());
        room.CopyTo(token, RoomOffset);
        var signed = token.AsSpan(..^HMACSHA256.HashSizeInBytes);
        HMACSHA256.HashData(key, signed, token.AsSpan(signed.Length));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What a token says, expired or not; null if it was not signed with the operator's key.</summary>
    public RoomPass? Read(string token)
    {
        if (_key is null || token.Length > MaxLength || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        if (bytes.Length < RoomOffset + HMACSHA256.HashSizeInBytes)
        {
            return null;
        }

        var signed = bytes[..^HMACSHA256.HashSizeInBytes];
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, signed), bytes[signed.Length..])
            ? new RoomPass(
                Encoding.UTF8.GetString(signed[RoomOffset..]),
                (RoomRole)signed[0],
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(signed[1..])))
            : null;
    }
}
