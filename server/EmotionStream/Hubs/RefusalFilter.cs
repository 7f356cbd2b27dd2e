using EmotionStream.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>Answers a refused call with the error that clients know: the code, a colon, and a sentence.</summary>
internal sealed class RefusalFilter : IHubFilter
{
    /// <summary>For what a stream ends with, which no filter sees.</summary>
    public static HubException ErrorOf(Refusal refusal) => new($"{refusal.Code}: {refusal.Detail}");

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (RefusedException refused)
        {
            throw ErrorOf(refused.Refusal);
        }
    }
}
