using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Api;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>Where the operator has set keys, lets callers from other machines send pictures, clips and frames only with one of them.</summary>
/// <remarks>
/// Programs send it as 'Authorization: Bearer KEY', a hub's client as its access token. People give it once on a page of the server's and have a cookie
/// from then on, which no script can read and no other site can send.
/// </remarks>
internal sealed class CallerKeys(RequestDelegate next, IOptions<AccessOptions> options)
{
    public const string Page = "/access";

    private const string Cookie = "emotionstream-access";
    private const string Token = "access_token";
    private const int MaxFormBytes = 4096;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly string[] Guarded = ["/hubs", "/Emotion", "/analyze", "/api/v1/images", "/api/v1/videos"];

    // What a key stands for in a cookie, so that the key itself lies in no browser.
    private readonly byte[][] _cookies = [.. options.Value.Keys.Select(CookieOf)];

    public Task InvokeAsync(HttpContext http)
    {
        if (_cookies.Length == 0 || LocalUser.Is(http))
        {
            return next(http);
        }

        var request = http.Request;
        if (request.Path == Page)
        {
            return HttpMethods.IsPost(request.Method) ? AdmitAsync(http) : AskAsync(http, refused: false);
        }

        if (IsKnown(http))
        {
            return next(http);
        }

        if (Guarded.Any(path => request.Path.StartsWithSegments(path)))
        {
            return Problems.Of(Refusals.KeyRequired, http).ExecuteAsync(http);
        }

        // A person who opens a page is asked first; what pages are made of is no secret.
        var isPage = HttpMethods.IsGet(request.Method) && (request.Path == "/" || request.Path.Value!.EndsWith(".html", StringComparison.Ordinal));
        return isPage ? Results.Redirect($"{Page}?to={Uri.EscapeDataString(request.Path + request.QueryString)}").ExecuteAsync(http) : next(http);
    }

    private static byte[] CookieOf(string key) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "emotionstream access"u8);

    private bool IsKnown(HttpContext http)
    {
        var request = http.Request;
        if (request.Cookies[Cookie] is { Length: 43 } cookie && Base64Url.IsValid(cookie) && IsOneOf(Base64Url.DecodeFromChars(cookie)))
        {
            return true;
        }

        var key = OperatorAccess.Bearer(request) ?? (request.Path.StartsWithSegments("/hubs") ? request.Query[Token].ToString() : null);
        return !string.IsNullOrEmpty(key) && IsOneOf(CookieOf(key));
    }

    /// <summary>Takes the same time whichever key it is, or none.</summary>
    private bool IsOneOf(byte[] cookie)
    {
        var known = false;
        foreach (var one in _cookies)
        {
            known |= CryptographicOperations.FixedTimeEquals(one, cookie);
        }

        return known;
    }

    private async Task AdmitAsync(HttpContext http)
    {
        var request = http.Request;
        if (!request.HasFormContentType || request.ContentLength is not <= MaxFormBytes)
        {
            await Problems.Of(Refusals.BadForm, http).ExecuteAsync(http);
            return;
        }

        var form = await request.ReadFormAsync(http.RequestAborted);
        var cookie = CookieOf(form["key"].ToString().Trim());
        if (!IsOneOf(cookie))
        {
            await AskAsync(http, refused: true);
            return;
        }

        http.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(cookie), new CookieOptions
        {
            HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Strict, MaxAge = Remembered, IsEssential = true,
        });
        // Only to this server's own pages, whatever the address says.
        var to = form["to"].ToString();
        await Results.LocalRedirect(to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal) && !to.StartsWith("/\\", StringComparison.Ordinal) ? to : "/").ExecuteAsync(http);
    }

    private static Task AskAsync(HttpContext http, bool refused)
    {
        var request = http.Request;
        var german = request.GetTypedHeaders().AcceptLanguage.MaxBy(language => language.Quality ?? 1)?.Value.StartsWith("de", StringComparison.OrdinalIgnoreCase) == true;
        var to = request.HasFormContentType ? request.Form["to"].ToString() : request.Query["to"].ToString();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(
            AccessPage.Of(german, refused, to), "text/html; charset=utf-8", statusCode: refused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK).ExecuteAsync(http);
    }
}
