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

    private bool MayStay => time.GetUtcNow() < until && participant is not { HasLeft: true };

    /// <summary>Goes on until the viewer leaves, its token expires or its part in the call ends; who leaves the room disappears without waiting for the next turn.</summary>
    public async IAsyncEnumerable<RoomUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (MayStay)
        {
            var change = room.NextChange;
            yield return room.Describe();
            await Task.Delay(ShortestPause, time, cancellation);
            await Task.WhenAny(change, Task.Delay(_rest, time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
