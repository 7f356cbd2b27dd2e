using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Api;
using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>The operator's keys for callers, and how a request shows that it has one of them.</summary>
/// <remarks>Programs send it as 'Authorization: Bearer KEY', a hub's client as its access token. Browsers have a cookie that stands for it.</remarks>
internal sealed class AccessKeys(IOptions<AccessOptions> options)
{
    // Browsers take a cookie of this prefix only from the host itself, over HTTPS, for all its paths.
    private const string HostOnly = "__Host-";
    private const string Cookie = "emotionstream-access";
    private const string Token = "access_token";
    private const int NameBytes = 4;

    // What a key stands for in a cookie, so that the key itself lies in no browser; and a name by which the operator can tell it in a log.
    private readonly (byte[] Cookie, string Name)[] _keys = [.. options.Value.Keys.Select(key => (CookieOf(key), NameOf(key)))];

    public bool Any => _keys.Length > 0;

    /// <summary>The cookie's value for a key and the key's name; null for one that is none of the operator's.</summary>
    public (string Cookie, string Name)? Admit(string key)
    {
        var cookie = CookieOf(key);
        return Find(cookie) is { } name ? (Base64Url.EncodeToString(cookie), name) : null;
    }

    /// <summary>The name of the key that a request shows; null if it shows none, or none of the operator's.</summary>
    public string? Find(HttpRequest request) => CookieIn(request) is { } cookie && Find(cookie) is { } name ? name
        : KeyIn(request) is { } key ? Find(CookieOf(key))
        : null;

    /// <summary>Whether a request shows a key, right or wrong.</summary>
    public static bool Shows(HttpRequest request) => KeyIn(request) is not null || CookieIn(request) is not null;

    public static string CookieName(HttpRequest request) => request.IsHttps ? HostOnly + Cookie : Cookie;

    private static byte[]? CookieIn(HttpRequest request) =>
        request.Cookies[CookieName(request)] is { Length: 43 } cookie && Base64Url.IsValid(cookie) ? Base64Url.DecodeFromChars(cookie) : null;

    private static string? KeyIn(HttpRequest request)
    {
        var key = OperatorAccess.Bearer(request) ?? (request.Path.StartsWithSegments("/hubs") ? request.Query[Token].ToString() : null);
        return string.IsNullOrEmpty(key) ? null : key;
    }

    /// <summary>Takes the same time whichever key it is, or none.</summary>
    private string? Find(byte[] cookie)
    {
        string? found = null;
        foreach (var (known, name) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known, cookie) ? name : found;
        }

        return found;
    }

    private static byte[] CookieOf(string key) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "emotionstream access"u8);

    private static string NameOf(string key) => $"key {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, NameBytes))}";
}
