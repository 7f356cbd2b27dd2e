using System.Runtime.CompilerServices;
using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>One viewer's look at a room, at its own pace.</summary>
/// <remarks>
/// An update is made only when the viewer is ready for it and it is due, so nothing ever waits for a slow viewer, and what it gets is
/// always the newest.
/// </remarks>
internal sealed class Viewer(Room room, double rateHz, DateTimeOffset until, Caller? participant, TimeProvider time)
{
    public const double MaxRateHz = 30;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1 / MaxRateHz);

    private readonly TimeSpan _rest = TimeSpan.FromSeconds((1 / rateHz) - (1 / MaxRateHz));

    public Room Room => room;

    public double RateHz => rateHz;

    private bool MayStay => time.GetUtcNow() < until && participant is not { HasLeft: true };

    /// <summary>
    /// Waits for the next turn. News of other servers come at a pace of their own: a turn waits for those that are nearest to it, so that what
    /// it shows is not one pause older than necessary.
    /// </summary>
    private async Task RestAsync(Task change, CancellationToken cancellation)
    {
        var half = room.Elsewhere.Every / 2;
        await Task.WhenAny(change, Task.Delay(_rest > half ? _rest - half : TimeSpan.Zero, time, cancellation));
        if (half > TimeSpan.Zero && !change.IsCompleted)
        {
            await Task.WhenAny(change, room.NextArrival, Task.Delay(2 * half, time, cancellation));
        }
    }

    /// <summary>Goes on until the viewer leaves, its token expires or its part in the call ends; who leaves the room disappears without waiting for the next turn.</summary>
    public async IAsyncEnumerable<RoomUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (MayStay)
        {
            var change = room.NextChange;
            yield return room.Describe();
            await Task.Delay(ShortestPause, time, cancellation);
            await RestAsync(change, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
