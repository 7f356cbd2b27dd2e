using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace EmotionStream.Pipeline;

/// <summary>Faces of all sessions that wait for the emotion model; when it is full, workers wait, so nothing is lost.</summary>
internal sealed class SampleQueue(IOptions<PipelineOptions> options)
{
    private readonly Channel<FaceSample> _samples = Channel.CreateBounded<FaceSample>(
        new BoundedChannelOptions(options.Value.SampleQueueCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public int Count => _samples.Reader.Count;

    public ValueTask AddAsync(FaceSample sample, CancellationToken cancellation) => _samples.Writer.WriteAsync(sample, cancellation);

    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _samples.Reader.WaitToReadAsync(cancellation);

    public bool TryTake([MaybeNullWhen(false)] out FaceSample sample) => _samples.Reader.TryRead(out sample);
}
