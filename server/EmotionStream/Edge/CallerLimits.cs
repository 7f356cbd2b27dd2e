using System.Net;
using EmotionStream.Api;
using EmotionStream.Limits;
using EmotionStream.Rooms;
using Microsoft.AspNetCore.Http.Features;

namespace EmotionStream.Edge;

/// <summary>Counts requests, their bytes and the hubs' connections for the caller's address and key, and refuses what is more than one caller's share.</summary>
internal sealed class CallerLimits(RequestDelegate next, AccessKeys keys, QuotaTable quotas)
{
    public Task InvokeAsync(HttpContext http)
    {
        var quota = QuotaOf(http);
        http.Features.Set(quota);
        var refusal = quota.TakeRequest() ?? quota.TakeBytes(http.Request.ContentLength ?? 0);
        if (refusal is not null)
        {
            return Problems.Of(refusal, http).ExecuteAsync(http);
        }

        if (http.Request.ContentLength is null && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            http.Request.Body = new CountedBody(http.Request.Body, quota);
        }

        return http.Request.Path.StartsWithSegments("/hubs") ? ConnectAsync(http, quota) : next(http);
    }

    private async Task ConnectAsync(HttpContext http, ClientQuota quota)
    {
        if (quota.BeginConnection() is { } refusal)
        {
            await Problems.Of(refusal, http).ExecuteAsync(http);
            return;
        }

        try
        {
            await next(http);
        }
        finally
        {
            quota.EndConnection();
        }
    }

    private ClientQuota QuotaOf(HttpContext http)
    {
        if (LocalUser.Is(http))
        {
            return ClientQuota.Unlimited;
        }

        // A proxy on this machine that nobody has named hides whom it speaks for: they must not share one caller's limits.
        var address = http.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote) ? quotas.OfAddress(remote) : null;
        var key = keys.Find(http.Request) is { } name ? quotas.OfKey(name) : null;
        return new ClientQuota([.. new[] { address, key }.OfType<Quota>()]);
    }
}
