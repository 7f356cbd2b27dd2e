using System.Collections.Concurrent;
using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Pipeline;

public sealed class FrameLaneTests : IDisposable
{
    private readonly EmotionModel _model =
        new(Options.Create(new InferenceOptions()), new OnnxSessions(NullLogger<OnnxSessions>.Instance));

    private readonly ReadyQueue _ready = new();
    private readonly RecordingSink _sink = new();
    private readonly FrameBuffers _buffers = new();
    private readonly ConcurrentBag<JpegFrame> _made = [];
    private readonly FrameLane _lane;

    public FrameLaneTests() => _lane = Create();

    public void Dispose()
    {
        _lane.Close(RejectionReason.Busy, "The test is over.");
        while (_made.TryTake(out var jpeg))
        {
            jpeg.Dispose();
        }

        _model.Dispose();
    }

    [Fact]
    public async Task Post_WhileTheLaneIsHeld_DoesNotQueueItTwice()
    {
        _lane.Post(Frame(1));
        var held = _ready.Next(TestContext.Current.CancellationToken);
        Assert.True(held.TryBegin());

        _lane.Post(Frame(2));
        Assert.Equal(0, _ready.Count);

        held.Answer(PictureOutcome.Measured);
        await TestTimeouts.UntilAsync(() => _ready.Count == 1, "the lane lines up for its next frame");
        Assert.Equal([1L], _sink.Measured);
    }

    [Fact]
    public async Task FramesOfASession_PostedFromEverywhere_AreAtWorkOneAtATimeAndAllAnswered()
    {
        const int Frames = 20_000;
        using var stop = new CancellationTokenSource();
        var atWork = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => OwnThread.RunAsync("worker", () =>
        {
            var (decoder, image) = (PictureDecoder.ForFrames(new VisionOptions()), new GrayImage());
            try
            {
                while (true)
                {
                    var lane = _ready.Next(stop.Token);
                    Assert.Equal(1, Interlocked.Increment(ref atWork));
                    var began = lane.TryBegin();
                    Interlocked.Decrement(ref atWork);
                    if (began)
                    {
                        // What a worker does first: the bytes are given back, whether they are a picture or not.
                        lane.Decode(decoder, image, out _, out _);
                        lane.Answer(PictureOutcome.Measured);
                    }
                }
            }
            catch (OperationCanceledException)
            {
            }
        })).ToArray();

        Parallel.For(1, Frames + 1, sequence => _lane.Post(Frame(sequence)));
        await TestTimeouts.UntilAsync(() => _sink.Answers == Frames, "every frame answered");
        await stop.CancelAsync();
        await Task.WhenAll(workers);

        Assert.Equal(Frames, _sink.Measured.Concat(_sink.Rejected.Select(rejected => rejected.Sequence)).Distinct().Count());
        Assert.Equal(0, _buffers.Outstanding);
    }

    [Fact]
    public async Task AFloodingSession_DoesNotPushTheOthersBack()
    {
        var others = Enumerable.Range(0, 3).Select(_ => Create()).ToArray();
        for (var i = 0; i < 100; i++)
        {
            _lane.Post(Frame(i));
        }

        foreach (var other in others)
        {
            other.Post(Frame(1));
        }

        Assert.Equal(4, _ready.Count);
        Assert.Same(_lane, _ready.Next(TestContext.Current.CancellationToken));
        _lane.TryBegin();
        _lane.Post(Frame(101));
        _lane.Answer(PictureOutcome.Measured);
        await TestTimeouts.UntilAsync(() => _ready.Count == 4, "the lane lines up behind the others");
        foreach (var other in others)
        {
            Assert.Same(other, _ready.Next(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Close_AnswersWhatWaits_AndRefusesWhatComesLater()
    {
        _lane.Post(Frame(1));

        _lane.Close(RejectionReason.Busy, "closing");
        _lane.Post(Frame(2));

        Assert.Equal([(1L, RejectionReason.Busy), (2L, RejectionReason.NotStarted)], _sink.Rejected);
    }

    [Fact]
    public async Task Answer_OfAFailure_RejectsTheFrameAtWork_AndTheNextOneBegins()
    {
        _lane.Post(Frame(1));
        var held = _ready.Next(TestContext.Current.CancellationToken);
        held.TryBegin();
        _lane.Post(Frame(2));

        held.Answer(PictureOutcome.Failed);

        await TestTimeouts.UntilAsync(() => _ready.Count == 1, "the lane lines up for its next frame");
        Assert.Equal([(1L, RejectionReason.Busy)], _sink.Rejected);
    }

    private IncomingFrame Frame(long sequence)
    {
        var jpeg = JpegFrame.Read([1, 2, 3], _buffers);
        _made.Add(jpeg);
        return new IncomingFrame(sequence, sequence, sequence, jpeg);
    }

    private FrameLane Create() => new(_sink, _ready, new PipelineOptions(), new FaceFollower(new VisionOptions(), _model), _model, new FrameClock(TimeProvider.System), new FairShare(TimeProvider.System), NullLogger.Instance);

    private sealed class RecordingSink : IFrameSink
    {
        public ConcurrentQueue<long> Measured { get; } = [];

        public ConcurrentQueue<(long Sequence, RejectionReason Reason)> Rejected { get; } = [];

        public int Answers => Measured.Count + Rejected.Count;

        public void OnMeasured(in IncomingFrame frame, Picture picture) => Measured.Enqueue(frame.Sequence);

        public void OnRejected(in IncomingFrame frame, RejectionReason reason, string detail) => Rejected.Enqueue((frame.Sequence, reason));
    }
}
