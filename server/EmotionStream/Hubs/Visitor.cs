using EmotionStream.Contracts;
using EmotionStream.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>What one connection of the room hub does: its place in a call, its watches, and how fast it calls.</summary>
/// <remarks>SignalR runs one call of a connection at a time, but its watches go on beside.</remarks>
internal sealed class Visitor(RoomsOptions options, TimeProvider time, Action abort)
{
    private readonly CallLimit _calls = new(options.MaxCallsPerSecond, time, abort);
    private int _watches;

    public Caller? Caller { get; set; }

    /// <exception cref="RefusedException">The connection calls faster than the limits allow.</exception>
    public void CountCall() => _calls.Count();

    /// <summary>Counts a watch until it is disposed. Called within its stream, whose end no filter sees.</summary>
    /// <exception cref="HubException">The connection watches as many rooms as it may.</exception>
    public IDisposable BeginWatch()
    {
        var watch = new CountedWatch(this);
        if (Interlocked.Increment(ref _watches) <= options.MaxWatchesPerConnection)
        {
            return watch;
        }

        watch.Dispose();
        throw RefusalFilter.ErrorOf(Refusals.TooManyWatches(options.MaxWatchesPerConnection));
    }

    private sealed class CountedWatch(Visitor visitor) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref visitor._watches);
    }
}
