using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmotionStream.Tests.Pipeline;

/// <summary>Which faces share a run of the emotion model.</summary>
public sealed class InferenceBatchTests : IDisposable
{
    private readonly IHost _host;
    private readonly InferenceBatch _batch;
    private readonly SampleQueue _samples;
    private readonly EmotionModel _model;

    public InferenceBatchTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = ["--Inference:MaxBatch=6", "--Pipeline:StillsInBatch=2"],
        });
        builder.Services.AddFaces();
        _host = builder.Build();
        _batch = _host.Services.GetRequiredService<InferenceBatch>();
        _samples = _host.Services.GetRequiredService<SampleQueue>();
        _model = _host.Services.GetRequiredService<EmotionModel>();
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Batch_TakesFramesFirst_AndFewStillsAlong()
    {
        var stills = AddStills(5);
        var frames = AddFrames(3);

        _batch.Run();
        Assert.Equal((3, 2), (Read(frames), Read(stills)));
        _batch.Run();
        Assert.Equal(4, Read(stills));
        _batch.Run();
        Assert.Equal(5, Read(stills));
    }

    [Fact]
    public void Batch_FullOfFrames_LeavesStillsWaiting()
    {
        var stills = AddStills(1);
        var frames = AddFrames(7);

        _batch.Run();
        Assert.Equal((6, 0), (Read(frames), Read(stills)));
        _batch.Run();
        Assert.Equal((7, 1), (Read(frames), Read(stills)));
    }

    [Fact]
    public async Task Wait_EndsWithASampleOfEitherPriority()
    {
        foreach (var priority in Enum.GetValues<PicturePriority>())
        {
            var waiting = Task.Run(() => _samples.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            Assert.False(waiting.IsCompleted);

            Add(1, priority);

            await waiting.WaitAsync(Kit.TestTimeouts.Default, TestContext.Current.CancellationToken);
            _batch.Run();
        }
    }

    private static int Read(List<OneFace> pictures) => pictures.Count(picture => picture.Outcome == PictureOutcome.Measured);

    private List<OneFace> AddStills(int count) => Add(count, PicturePriority.Background);

    private List<OneFace> AddFrames(int count) => Add(count, PicturePriority.Live);

    private List<OneFace> Add(int count, PicturePriority priority)
    {
        List<OneFace> pictures = [.. Enumerable.Range(0, count).Select(_ => new OneFace(priority))];
        foreach (var picture in pictures)
        {
            var sample = new Picture(picture, _model).AddFace(default, new RecurrentState(_model.Shape.StateSize));
            _samples.Add(sample, TestContext.Current.CancellationToken);
        }

        return pictures;
    }

    /// <summary>The source of a picture of one face that has been found.</summary>
    private sealed class OneFace(PicturePriority priority) : IPictureSource
    {
        public PictureOutcome? Outcome { get; private set; }

        public PicturePriority Priority => priority;

        public StageNames Stages => Faces.Telemetry.Stages.Still;

        public long ReceivedAt => 0;

        public PictureResult Decode(PictureDecoder decoder, GrayImage image, out int width, out int height) => throw new NotSupportedException();

        public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image) => throw new NotSupportedException();

        public RecurrentState StateOf(int faceId) => throw new NotSupportedException();

        public void Answer(PictureOutcome outcome) => Outcome = outcome;
    }
}
