using EmotionStream.Contracts;
using EmotionStream.Limits;

namespace EmotionStream.Hubs;

/// <summary>How fast one connection may call; one that goes on regardless of refusals is closed.</summary>
internal sealed class CallLimit(int perSecond, TimeProvider time, Action abort)
{
    // SignalR logs each refusal with its stack, so one connection's share of the log must end somewhere.
    private const int MaxRefusals = 100;

    private readonly Rate _calls = new(perSecond, burst: 2 * perSecond, time);
    private int _refusals;

    /// <exception cref="RefusedException">The connection calls faster than the limit allows.</exception>
    public void Count()
    {
        if (_calls.TryTake())
        {
            return;
        }

        if (++_refusals >= MaxRefusals)
        {
            abort();
        }

        throw new RefusedException(Refusals.RateLimited($"More than {perSecond} calls a second."));
    }
}
