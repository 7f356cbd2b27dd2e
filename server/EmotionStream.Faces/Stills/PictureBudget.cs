using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Counts the bytes of pictures that wait in the whole server, so that uploads can't take all its memory.</summary>
internal sealed class PictureBudget(IOptions<StillsOptions> options)
{
    private readonly long _most = Most(options.Value.MaxWaitingBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>A quarter of the memory that the process may have, if that is less than is set: in a small container the rest is needed for everybody else.</summary>
    public static long Most(long set, long available) => Math.Min(set, available / 4);

    /// <exception cref="RefusedException">There is no room at the moment.</exception>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > _most)
        {
            GiveBack(bytes);
            throw new RefusedException(Refusals.TooManyPictures);
        }
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
