using System.Threading.Channels;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Uploaded pictures that wait for a worker, first come, first served; when it is full, requests wait.</summary>
internal sealed class StillQueue(EmotionModel model, IOptions<StillsOptions> options, TimeProvider time)
{
    private readonly Channel<Still> _pictures = Channel.CreateBounded<Still>(8 * options.Value.AtOnce);

    public int Count => _pictures.Reader.Count;

    public ChannelReader<Still> Reader => _pictures.Reader;

    /// <summary>Takes the bytes over; the picture's completion tells when it has been measured.</summary>
    public async Task<Still> AddAsync(PictureBytes bytes, bool wholeWhenEmpty, CancellationToken cancellation)
    {
        var picture = new Still(bytes, wholeWhenEmpty, model, time.GetTimestamp(), cancellation);
        try
        {
            await _pictures.Writer.WriteAsync(picture, cancellation);
        }
        catch (ChannelClosedException)
        {
            picture.Answer(PictureOutcome.Busy);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }

        return picture;
    }

    /// <summary>Takes no more pictures and refuses those that wait.</summary>
    public void Close()
    {
        _pictures.Writer.TryComplete();
        while (_pictures.Reader.TryRead(out var picture))
        {
            picture.Answer(PictureOutcome.Busy);
        }
    }
}
