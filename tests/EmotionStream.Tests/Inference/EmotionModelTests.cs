using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Inference;

public sealed class EmotionModelTests : IDisposable
{
    private readonly EmotionModel _model = Load(new InferenceOptions { Precision = EmotionPrecision.Float });

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(32)]
    public void Run_ABatchOfN_GivesTheNumbersOfNBatchesOfOne(int count)
    {
        var faces = Enumerable.Range(0, count).Select(seed => Pattern(seed)).ToArray();
        var together = faces.Select(_ => NewState()).ToArray();
        var alone = faces.Select(_ => NewState()).ToArray();

        // Three steps, so that the states that were scattered back are gathered again.
        for (var step = 0; step < 3; step++)
        {
            var batched = Run([.. faces.Select((face, i) => (face, together[i]))]);
            for (var i = 0; i < count; i++)
            {
                var single = Run([(faces[i], alone[i])])[0];
                AssertClose(single.Emotions, batched[i].Emotions);
                AssertClose(single.Still, batched[i].Still);
                AssertClose(alone[i].Hidden, together[i].Hidden);
                AssertClose(alone[i].Cell, together[i].Cell);
            }
        }
    }

    [Fact]
    public void Run_GivesDistributions_AndMovesTheStateOn()
    {
        var state = NewState();

        var reading = Run([(Pattern(1), state)])[0];

        Assert.Equal(1, reading.Emotions.Sum(), 1e-3);
        Assert.Equal(1, reading.Still.Sum(), 1e-3);
        Assert.All(reading.Emotions, share => Assert.InRange(share, 0, 1));
        Assert.Contains(state.Hidden, value => value != 0);
    }

    [Fact]
    public void Run_UnderTheBalancedPrior_TakesNeutralForLessCommon()
    {
        using var balanced = Load(new InferenceOptions { Precision = EmotionPrecision.Float, Prior = EmotionPrior.Balanced });
        using var everyday = Load(new InferenceOptions { Precision = EmotionPrecision.Float, Prior = EmotionPrior.Everyday });

        Assert.True(MeanNeutral(balanced) < MeanNeutral(everyday));

        static float MeanNeutral(EmotionModel model) =>
            GoldenPictures.Load().Average(face => Play(model, face, new RecurrentState(model.Shape.StateSize), frames: 1).Still[0]);
    }

    [Fact]
    public void Run_OfARestingFaceThatThenMoves_IsLessNeutralThanASingleFrameSays()
    {
        // A faint scowl: half of the average angry face over the resting one.
        var rest = GoldenPictures.Named("neutral-1");
        byte[] angry = [.. rest.Zip(GoldenPictures.Named("angry-1"), (calm, moved) => (byte)((calm + moved) / 2))];
        var state = NewState();

        var atRest = Play(_model, rest, state, frames: 15);
        var moved = Play(_model, angry, state, frames: 10);

        Assert.Equal(0, Label(atRest));
        Assert.True(moved.Emotions[0] < moved.Still[0], $"neutral {moved.Emotions[0]} over time, {moved.Still[0]} from a single frame");
    }

    [Fact]
    public void Run_OfASteadyFace_DoesNotDrift()
    {
        var state = NewState();
        var face = GoldenPictures.Named("neutral-1");
        var early = Play(_model, face, state, frames: 30).Emotions.ToArray();

        // A minute at ten frames a second.
        var late = Play(_model, face, state, frames: 600).Emotions;

        Assert.All(early.Zip(late), shares => Assert.Equal(shares.First, shares.Second, 0.05f));
    }

    [Fact]
    public void Run_OfASessionThatBeginsWithASmile_KnowsTheRestOnceItIsSeen()
    {
        var state = NewState();

        var smiling = Label(Play(_model, GoldenPictures.Named("happy-1"), state, frames: 20));
        var resting = Label(Play(_model, GoldenPictures.Named("neutral-1"), state, frames: 20));
        var again = Label(Play(_model, GoldenPictures.Named("happy-1"), state, frames: 20));

        Assert.Equal([1, 0, 1], new[] { smiling, resting, again });
    }

    [Fact]
    public void Run_OfAScowlThatLastsAMinute_KeepsReadingIt_AndTheRestAfterIt()
    {
        var state = NewState();

        Play(_model, GoldenPictures.Named("neutral-1"), state, frames: 30);
        var early = Label(Play(_model, GoldenPictures.Named("angry-1"), state, frames: 10));
        var late = Label(Play(_model, GoldenPictures.Named("angry-1"), state, frames: 590));
        var resting = Label(Play(_model, GoldenPictures.Named("neutral-1"), state, frames: 10));

        Assert.Equal([4, 4, 0], new[] { early, late, resting });
    }

    [Fact]
    public void Run_OfASessionThatBeginsWithHalfAMinuteOfSmiling_KnowsTheRestAfterTwoSeconds()
    {
        var state = NewState();

        var smiling = Label(Play(_model, GoldenPictures.Named("happy-1"), state, frames: 300));
        var resting = Label(Play(_model, GoldenPictures.Named("neutral-1"), state, frames: 20));
        var again = Label(Play(_model, GoldenPictures.Named("happy-1"), state, frames: 20));
        var atLast = Label(Play(_model, GoldenPictures.Named("neutral-1"), state, frames: 10));

        Assert.Equal([1, 0, 1, 0], new[] { smiling, resting, again, atLast });
    }

    [Fact]
    public void Run_OfAnotherPersonWhoTakesThePlace_KnowsNothingOfTheFirstOnesRest()
    {
        var memory = _model.CreateMemory();
        Play(_model, GoldenPictures.Named("neutral-1"), memory.Of(1), frames: 100);
        memory.Forget([1]);

        var resting = Play(_model, GoldenPictures.Named("neutral-2"), memory.Of(2), frames: 20);
        var smiling = Label(Play(_model, GoldenPictures.Named("happy-2"), memory.Of(2), frames: 10));

        Assert.Equal(0, Label(resting));
        Assert.Equal(1, smiling);
    }

    [Fact]
    public void Run_OfARestingFaceInChangingLight_StaysNeutral()
    {
        var state = NewState();
        var face = GoldenPictures.Named("neutral-1");

        // Ten seconds in which the light moves from the left side to the right one.
        for (var frame = 0; frame < 100; frame++)
        {
            var reading = Play(_model, Lit(face, (frame - 50) / 100f), state, frames: 1);
            Assert.Equal(0, Label(reading));
        }
    }

    [Fact]
    public void Load_OfAMissingFile_NamesIt()
    {
        var problem = Assert.Throws<ModelLoadException>(() => Load(new InferenceOptions { EmotionModel = "models/none.onnx" }));

        Assert.Contains("none.onnx", problem.Message);
    }

    [Fact]
    public void Load_OfACorruptFile_SaysSo()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"corrupt-{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, [1, 2, 3, 4, 5]);
        try
        {
            var problem = Assert.Throws<ModelLoadException>(() => Load(new InferenceOptions { EmotionModel = path }));

            Assert.Contains("can't read", problem.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_OfAModelOfAnotherKind_SaysWhatItLacks()
    {
        var problem = Assert.Throws<ModelLoadException>(() => Load(new InferenceOptions { EmotionModel = "models/face.onnx" }));

        Assert.Contains("'faces'", problem.Message);
    }

    /// <summary>The reading of the last of some equal frames, a tenth of a second apart.</summary>
    private static EmotionReading Play(EmotionModel model, byte[] face, RecurrentState state, int frames)
    {
        var reading = model.CreateReading();
        for (var frame = 0; frame < frames; frame++)
        {
            model.Add(face, 0.1f, state);
            model.Run();
            model.Read(0, reading);
            model.Clear();
        }

        return reading;
    }

    private static int Label(EmotionReading reading) => Array.IndexOf(reading.Emotions, reading.Emotions.Max());

    /// <summary>A face whose sides are lit differently: the picture's right by so much more than its middle, its left by so much less.</summary>
    private static byte[] Lit(byte[] face, float more) =>
        [.. face.Select((pixel, i) => (byte)Math.Clamp(pixel * (1 + (more * ((i % EmotionModelShape.FaceSide) - 24) / 24f)), 0, 255))];

    private static EmotionModel Load(InferenceOptions options) =>
        new(Options.Create(options), new OnnxSessions(NullLogger<OnnxSessions>.Instance));

    private static byte[] Pattern(int seed)
    {
        var pixels = new byte[EmotionModelShape.FaceSide * EmotionModelShape.FaceSide];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i % EmotionModelShape.FaceSide, i / EmotionModelShape.FaceSide);
            pixels[i] = (byte)(128 + (100 * Math.Sin((x * (seed + 1) / 9.0) + (y / 7.0) + seed)));
        }

        return pixels;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f);
        }
    }

    private RecurrentState NewState() => new(_model.Shape.StateSize);

    private EmotionReading[] Run((byte[] Face, RecurrentState State)[] faces)
    {
        foreach (var (face, state) in faces)
        {
            _model.Add(face, 0.066f, state);
        }

        _model.Run();
        var readings = faces.Select((_, i) =>
        {
            var reading = _model.CreateReading();
            _model.Read(i, reading);
            return reading;
        }).ToArray();
        _model.Clear();
        return readings;
    }
}
