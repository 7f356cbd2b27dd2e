using System.Diagnostics;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmotionStream.Benchmarks;

/// <summary>Faces a second through the server's own batching beside those of the bare model, on the GPU where there is one.</summary>
internal static class GpuBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly int[] Batches = [1, 8, 32, 128, 512];

    public static async Task RunAsync()
    {
        foreach (var batch in Batches)
        {
            await using var server = EmotionStreamServer.Create([
                "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Inference:Device=cuda", $"--Inference:MaxBatch={batch}",
                $"--Pipeline:SampleQueueCapacity={2 * batch}",
            ]);
            await server.StartAsync();
            var services = server.Services;
            using var bare = new EmotionModel(services.GetRequiredService<IOptions<InferenceOptions>>(), services.GetRequiredService<OnnxSessions>());
            for (var i = 0; i < batch; i++)
            {
                bare.Add(new byte[EmotionModelShape.FaceSide * EmotionModelShape.FaceSide], 0, new RecurrentState(bare.Shape.StateSize));
            }

            // As many again as one run takes, so that the next run's faces wait already.
            var faces = Enumerable.Range(0, 2 * batch)
                .Select(_ => new Face(services.GetRequiredService<SampleQueue>(), services.GetRequiredService<EmotionModel>())).ToArray();
            var (model, loop) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                model.Add(Bare(bare, batch));
                loop.Add(await LoopAsync(faces));
            }

            var where = services.GetRequiredService<OnnxSessions>().UsesCuda(OnnxDevice.Cuda) ? "CUDA" : "the processor";
            Console.WriteLine($"batches of {batch,3} on {where}: model {Percentiles.Median(model),7:F0} faces a second, through the loop {Percentiles.Median(loop),7:F0}, "
                + $"ratio {Percentiles.Median(loop.Zip(model, (a, b) => a / b)):F2}");
        }
    }

    private static double Bare(EmotionModel model, int batch)
    {
        var (began, runs) = (Stopwatch.GetTimestamp(), 0);
        for (; Stopwatch.GetElapsedTime(began) < Round; runs++)
        {
            model.Run();
        }

        return runs * batch / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> LoopAsync(Face[] faces)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var face in faces)
        {
            face.Begin();
        }

        await Task.Delay(Round);
        await Task.WhenAll(faces.Select(face => face.EndAsync()));
        return faces.Sum(face => face.Read) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>A face that is read again as soon as it has been read.</summary>
    private sealed class Face : IPictureSource
    {
        private readonly SampleQueue _samples;
        private readonly Picture _picture;
        private readonly RecurrentState _state;
        private TaskCompletionSource _ended = new();
        private volatile bool _ending;

        public Face(SampleQueue samples, EmotionModel model) =>
            (_samples, _picture, _state) = (samples, new Picture(this, model), new RecurrentState(model.Shape.StateSize));

        public int Read { get; private set; }

        public PicturePriority Priority => PicturePriority.Live;

        public StageNames Stages => EmotionStream.Faces.Telemetry.Stages.Frame;

        public long ReceivedAt => 0;

        public void Begin()
        {
            (Read, _ending, _ended) = (0, false, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            Add();
        }

        public Task EndAsync()
        {
            _ending = true;
            return _ended.Task;
        }

        public void Answer(PictureOutcome outcome)
        {
            Read++;
            if (_ending)
            {
                _ended.SetResult();
            }
            else
            {
                Add();
            }
        }

        public PictureResult Decode(PictureDecoder decoder, GrayImage image, out int width, out int height) => throw new NotSupportedException();

        public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image) => throw new NotSupportedException();

        public RecurrentState StateOf(int faceId) => _state;

        private void Add()
        {
            _picture.Clear();
            _samples.Add(_picture.AddFace(default, _state), CancellationToken.None);
        }
    }
}
