using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Faces that wait for the emotion model, live ones before the others; when it is full, workers wait, so nothing is lost.</summary>
internal sealed class SampleQueue(IOptions<PipelineOptions> options)
{
    private readonly Channel<FaceSample> _live = Create(options.Value.SampleQueueCapacity);
    private readonly Channel<FaceSample> _background = Create(options.Value.SampleQueueCapacity);

    // Rung after every sample, heard once for all that have come since.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, AllowSynchronousContinuations = true });

    public int Count => _live.Reader.Count;

    /// <summary>Adds a sample, which may have to wait for room: on a thread that has nothing else to do.</summary>
    public void Add(FaceSample sample, CancellationToken cancellation)
    {
        var queue = sample.Picture.Source.Priority == PicturePriority.Live ? _live : _background;
        while (!queue.Writer.TryWrite(sample))
        {
            OwnThread.Wait(queue.Writer.WaitToWriteAsync(cancellation));
        }

        _bell.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is a sample of either priority, on a thread that has nothing else to do.</summary>
    public void Wait(CancellationToken cancellation)
    {
        while (_live.Reader.Count == 0 && _background.Reader.Count == 0)
        {
            OwnThread.Wait(_bell.Reader.WaitToReadAsync(cancellation));
            _bell.Reader.TryRead(out _);
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out FaceSample sample) => _live.Reader.TryRead(out sample);

    public bool TryTakeBackground([MaybeNullWhen(false)] out FaceSample sample) => _background.Reader.TryRead(out sample);

    private static Channel<FaceSample> Create(int capacity) => Channel.CreateBounded<FaceSample>(
        new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, AllowSynchronousContinuations = true });
}
