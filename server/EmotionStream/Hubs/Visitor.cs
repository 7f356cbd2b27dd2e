using EmotionStream.Rooms;
using EmotionStream.Sessions;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>What one connection of the room hub does: its place in a call, its watches, and how fast it calls.</summary>
/// <remarks>SignalR runs one call of a connection at a time, but its watches go on beside.</remarks>
internal sealed class Visitor(RoomsOptions options, TimeProvider time, Action abort)
{
    // SignalR logs each refusal with its stack, so one connection's share of the log must end somewhere.
    private const int MaxRefusals = 100;

    private readonly TokenBucket _calls = new(options.MaxCallsPerSecond, time);
    private int _refusals;
    private int _watches;

    public Caller? Caller { get; set; }

    /// <summary>Counts a call; a connection that goes on regardless of refusals is closed.</summary>
    /// <exception cref="HubException">The connection calls faster than the limits allow.</exception>
    public void CountCall()
    {
        if (!_calls.TryTake())
        {
            if (++_refusals >= MaxRefusals)
            {
                abort();
            }

            throw new HubException($"rate_limited: More than {options.MaxCallsPerSecond} calls a second.");
        }
    }

    /// <summary>Counts a watch until it is disposed.</summary>
    /// <exception cref="HubException">The connection watches as many rooms as it may.</exception>
    public IDisposable BeginWatch()
    {
        var watch = new CountedWatch(this);
        if (Interlocked.Increment(ref _watches) <= options.MaxWatchesPerConnection)
        {
            return watch;
        }

        watch.Dispose();
        throw new HubException($"too_many_watches: One connection may watch {options.MaxWatchesPerConnection} rooms at once.");
    }

    private sealed class CountedWatch(Visitor visitor) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref visitor._watches);
    }
}
