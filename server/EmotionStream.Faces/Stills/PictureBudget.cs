using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Counts the bytes of pictures that wait in the whole server, so that uploads can't take all its memory.</summary>
internal sealed class PictureBudget(IOptions<StillsOptions> options)
{
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <exception cref="RefusedException">There is no room at the moment.</exception>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > options.Value.MaxWaitingBytes)
        {
            GiveBack(bytes);
            throw new RefusedException(Refusals.TooManyPictures);
        }
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
