using EmotionStream.Faces;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmotionStream.Tests.Pipeline;

/// <summary>Which faces share a run of the emotion model; the loop itself is not started, its step is called.</summary>
public sealed class InferenceLoopTests : IDisposable
{
    private readonly IHost _host;
    private readonly InferenceLoop _loop;
    private readonly SampleQueue _samples;
    private readonly EmotionModel _model;

    public InferenceLoopTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = ["--Inference:MaxBatch=6", "--Pipeline:StillsInBatch=2"],
        });
        builder.Services.AddFaces();
        _host = builder.Build();
        _loop = _host.Services.GetServices<IHostedService>().OfType<InferenceLoop>().Single();
        _samples = _host.Services.GetRequiredService<SampleQueue>();
        _model = _host.Services.GetRequiredService<EmotionModel>();
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Batch_TakesFramesFirst_AndFewStillsAlong()
    {
        List<Picture> stills = [.. await AddAsync(5, _samples.AddStillAsync)];
        List<Picture> frames = [.. await AddAsync(3, _samples.AddAsync)];

        _loop.RunBatch();
        Assert.Equal((3, 2), (Read(frames), Read(stills)));
        _loop.RunBatch();
        Assert.Equal(4, Read(stills));
        _loop.RunBatch();
        Assert.Equal(5, Read(stills));
    }

    [Fact]
    public async Task Batch_FullOfFrames_LeavesStillsWaiting()
    {
        List<Picture> stills = [.. await AddAsync(1, _samples.AddStillAsync)];
        List<Picture> frames = [.. await AddAsync(7, _samples.AddAsync)];

        _loop.RunBatch();
        Assert.Equal((6, 0), (Read(frames), Read(stills)));
        _loop.RunBatch();
        Assert.Equal((7, 1), (Read(frames), Read(stills)));
    }

    [Fact]
    public async Task Wait_EndsWithASampleOfEitherKind()
    {
        foreach (var add in (Func<FaceSample, CancellationToken, ValueTask>[])[_samples.AddAsync, _samples.AddStillAsync])
        {
            var waiting = _samples.WaitAsync(TestContext.Current.CancellationToken).AsTask();
            Assert.False(waiting.IsCompleted);

            await AddAsync(1, add);

            await waiting.WaitAsync(Kit.TestTimeouts.Default, TestContext.Current.CancellationToken);
            _loop.RunBatch();
        }
    }

    private static int Read(List<Picture> pictures) => pictures.Count(picture => picture.IsFinished);

    private async Task<Picture[]> AddAsync(int count, Func<FaceSample, CancellationToken, ValueTask> add)
    {
        Picture[] pictures = [.. Enumerable.Range(0, count).Select(_ => new Picture())];
        foreach (var picture in pictures)
        {
            var sample = new FaceSample(picture, _model.CreateReading()) { State = new RecurrentState(_model.Shape.StateSize), Face = default(TrackedFace) };
            await add(sample, TestContext.Current.CancellationToken);
        }

        return pictures;
    }

    /// <summary>A picture of one face.</summary>
    private sealed class Picture : ISampledPicture
    {
        public bool IsFinished { get; private set; }

        public long QueuedAt => 0;

        public bool FaceRead(bool succeeded) => succeeded;

        public void Finish(double inferMilliseconds) => IsFinished = true;
    }
}
