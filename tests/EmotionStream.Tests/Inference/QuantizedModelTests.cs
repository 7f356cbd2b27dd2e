using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Inference;

public sealed class QuantizedModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twins");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Auto_TakesTheTwin_ExactlyWhereTheProcessorIsMadeForIt()
    {
        using var model = Load(new InferenceOptions { Device = OnnxDevice.Cpu });

        Assert.Equal(Processor.SumsByteProducts ? EmotionPrecision.Int8 : EmotionPrecision.Float, model.Precision);
    }

    [Fact]
    public void TheShippedTwin_SaysNearlyWhatTheModelSays_UnderItsName()
    {
        Assert.SkipUnless(Processor.SumsByteProducts, "Without byte products in hardware, sums of bytes may saturate.");
        using var exact = Load(new InferenceOptions { Precision = EmotionPrecision.Float });
        using var rounded = Load(new InferenceOptions { Precision = EmotionPrecision.Int8 });
        var faces = GoldenPictures.Load();

        var differences = faces.Select(face => Difference(Answer(exact, face), Answer(rounded, face))).ToArray();

        Assert.Equal((EmotionPrecision.Float, EmotionPrecision.Int8), (exact.Precision, rounded.Precision));
        Assert.Equal(exact.File.Sha256, Answer(rounded, faces[0]).ModelSha256);
        Assert.True(differences.Average() < 0.02, $"The labels' shares differ by {differences.Average():p1} on average.");
        Assert.Contains(differences, difference => difference > 0);
    }

    [Fact]
    public void AHead_IsPutIntoTheTwin_Too()
    {
        using var model = Load(new InferenceOptions { Precision = EmotionPrecision.Int8 });
        var shipped = model.File.Head!;
        var bias = (float[])shipped.Bias.Clone();
        bias[^1] += 100;

        model.Offer(model.Prepare(model.File, shipped with { Bias = bias }));
        model.TakeOffered();

        Assert.Equal(1, Answer(model, GoldenPictures.Load()[0]).Still[^1], 1e-3f);
    }

    [Fact]
    public void AModelThatWasReplaced_DoesNotRunByTheTwinOfTheOldOne()
    {
        var path = Copy("emotion.onnx", "emotion-int8.onnx");
        var file = new EmotionModelFile(path, File.ReadAllBytes(path));
        var bias = (float[])file.Head!.Bias.Clone();
        bias[0] += 1;
        File.WriteAllBytes(path, file.With(file.Head with { Bias = bias }));

        using (var model = Load(new InferenceOptions { EmotionModel = path }))
        {
            Assert.Equal(EmotionPrecision.Float, model.Precision);
        }

        var problem = Assert.Throws<ModelLoadException>(() => Load(new InferenceOptions { EmotionModel = path, Precision = EmotionPrecision.Int8 }));
        Assert.Contains("was not made from", problem.Message);
    }

    [Fact]
    public void AModelWithoutATwin_RunsInFloats_AndSaysSoWhenAskedForIntegers()
    {
        var path = Copy("emotion.onnx");

        using (var model = Load(new InferenceOptions { EmotionModel = path }))
        {
            Assert.Equal(EmotionPrecision.Float, model.Precision);
        }

        var problem = Assert.Throws<ModelLoadException>(() => Load(new InferenceOptions { EmotionModel = path, Precision = EmotionPrecision.Int8 }));
        Assert.Contains("emotion-int8.onnx", problem.Message);
    }

    private static EmotionModel Load(InferenceOptions options) => new(Options.Create(options), new OnnxSessions(NullLogger<OnnxSessions>.Instance));

    private static EmotionReading Answer(EmotionModel model, byte[] face)
    {
        model.Add(face, 0, new RecurrentState(model.Shape.StateSize));
        model.Run();
        var reading = model.CreateReading();
        model.Read(0, reading);
        model.Clear();
        return reading;
    }

    private static double Difference(EmotionReading one, EmotionReading other) => one.Still.Zip(other.Still, (a, b) => Math.Abs(a - b)).Sum() / 2;

    /// <summary>Copies shipped models into a folder of their own; the first one's path.</summary>
    private string Copy(params string[] names)
    {
        foreach (var name in names)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "models", name), Path.Combine(_folder.FullName, name));
        }

        return Path.Combine(_folder.FullName, names[0]);
    }
}
