using EmotionStream.Api;
using EmotionStream.Contracts;
using EmotionStream.Limits;
using EmotionStream.Rooms;
using EmotionStream.Telemetry;

namespace EmotionStream.Edge;

/// <summary>Where the operator has set keys, lets callers from other machines send pictures, clips and frames only with one of them.</summary>
/// <remarks>People give it once on a page of the server's and have a cookie from then on, which no script can read and no other site can send.</remarks>
internal sealed class CallerKeys(RequestDelegate next, AccessKeys keys, AuditLog audit)
{
    public const string Page = "/access";

    private const int MaxFormBytes = 4096;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly string[] Guarded = ["/hubs", "/Emotion", "/analyze", "/api/v1/images", "/api/v1/videos"];

    public Task InvokeAsync(HttpContext http)
    {
        if (!keys.Any || LocalUser.Is(http))
        {
            return next(http);
        }

        var request = http.Request;
        if (request.Path == Page)
        {
            return HttpMethods.IsPost(request.Method) ? AdmitAsync(http) : AskAsync(http, refused: false);
        }

        if (keys.Find(request) is not null)
        {
            return next(http);
        }

        if (Guarded.Any(path => request.Path.StartsWithSegments(path)))
        {
            if (AccessKeys.Shows(request))
            {
                ClientQuota.Of(http).ChargeWrongKey();
                Audit.Note(audit, http, Audit.Stranger, StatusCodes.Status401Unauthorized);
            }

            return Problems.Of(Refusals.KeyRequired, http).ExecuteAsync(http);
        }

        // A person who opens a page is asked first; what pages are made of is no secret.
        var isPage = HttpMethods.IsGet(request.Method) && (request.Path == "/" || request.Path.Value!.EndsWith(".html", StringComparison.Ordinal));
        return isPage ? Results.Redirect($"{Page}?to={Uri.EscapeDataString(request.Path + request.QueryString)}").ExecuteAsync(http) : next(http);
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
        if (keys.Admit(form["key"].ToString().Trim()) is not { } admitted)
        {
            ClientQuota.Of(http).ChargeWrongKey();
            Audit.Note(audit, http, Audit.Stranger, StatusCodes.Status401Unauthorized);
            await AskAsync(http, refused: true);
            return;
        }

        Audit.Note(audit, http, admitted.Name, StatusCodes.Status200OK);
        http.Response.Cookies.Append(AccessKeys.CookieName(request), admitted.Cookie, new CookieOptions
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
        var to = request.HasFormContentType ? request.Form["to"].ToString() : request.Query["to"].ToString();
        http.Response.Headers.CacheControl = "no-store";
        return AccessPage.Of(request, refused, to).ExecuteAsync(http);
    }
}
