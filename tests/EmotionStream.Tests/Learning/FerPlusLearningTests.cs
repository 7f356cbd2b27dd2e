using EmotionStream.Corrections;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Learning;
using EmotionStream.Models;
using EmotionStream.Tests.Kit;
using EmotionStream.Tools.Evaluation.Emotions;
using EmotionStream.Tools.Evaluation.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Learning;

/// <summary>
/// What learning is worth on real pictures: people with full beards, whose neutral faces the shipped head takes for happy or angry ones. They
/// are FER+ Valid's neutral faces with a beard drawn around the mouth; what else is unlearned is measured on FER+ Test.
/// </summary>
public sealed class FerPlusLearningTests : IDisposable
{
    private const int Corrections = 50;
    private const int Neutral = 0;

    private readonly EmotionModel _model = new(Options.Create(new InferenceOptions { Precision = EmotionPrecision.Float }), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
    private readonly PictureReader _reader = new(new VisionOptions());

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task FiftyCorrections_MendTheRestOfTheGroupByTenPoints_AndCostTestHalfAPointAtMost()
    {
        var (valid, test) = (SharedData.File("data", "ferplus", "valid.zip"), SharedData.File("data", "ferplus", "test.zip"));
        var group = LabeledSet.Open(valid).Pictures.Where(picture => picture.Label == Neutral).Take(400)
            .Select(picture => new LabeledFace("", Embed(WithBeard(Pixels(picture))), Neutral)).ToList();
        var (shipped, size) = (_model.File.Head!, _model.Shape.EmbeddingSize);
        // People correct what they see misread; the other half of the group is never shown to the server.
        var misread = group.Take(group.Count / 2).Where(face => HeadEvaluation.Figures(shipped, [face]).Accuracy == 0).Take(Corrections).ToList();
        var heldOut = group.Skip(group.Count / 2).ToList();
        Assert.Equal(Corrections, misread.Count);

        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        await LearningTests.KeepAsync(server, misread.Select((face, i) => new Correction(
            $"m{i:00}", i, Correction.ContributorOf($"beard {i % 10}"), "still", _model.File.Sha256, Neutral, 1, face.Embedding)));
        var state = await LearningTests.RetrainAsync(server);

        Assert.True(state.Stage == LearningStage.Promoted, state.Detail);
        var learned = server.Service<ModelVersions>().Head!;
        var (before, after) = (HeadEvaluation.Figures(shipped, heldOut).Accuracy, HeadEvaluation.Figures(learned, heldOut).Accuracy);
        var all = LabeledSet.Open(test).Pictures.Select(picture => new LabeledFace("", Embed(Pixels(picture)), picture.Label)).ToList();
        var (testBefore, testAfter) = (HeadEvaluation.Figures(shipped, all).Accuracy, HeadEvaluation.Figures(learned, all).Accuracy);
        TestContext.Current.TestOutputHelper!.WriteLine($"group {before:P1} to {after:P1} of {heldOut.Count}, FER+ Test {testBefore:P2} to {testAfter:P2} of {all.Count}, {size} numbers a face");
        Assert.True(after >= before + 0.10, $"The group went from {before:P1} to {after:P1}.");
        Assert.True(testAfter >= testBefore - 0.005, $"FER+ Test went from {testBefore:P2} to {testAfter:P2}.");
    }

    private byte[] Pixels(LabeledPicture picture)
    {
        var image = new GrayImage();
        _reader.Read(picture.File, picture.Name, image);
        return image.Pixels.ToArray();
    }

    /// <summary>Darkens an ellipse of 30 by 18 pixels to a third where FER+ faces have mouth and chin, and leaves out the lips.</summary>
    private static byte[] WithBeard(byte[] pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] /= (byte)(Within(i, 38, 15, 9) && !Within(i, 36, 7, 2.5) ? 3 : 1);
        }

        return pixels;
    }

    /// <summary>Whether a pixel lies in an ellipse around the face's middle column.</summary>
    private static bool Within(int pixel, int middle, double halfWidth, double halfHeight)
    {
        var (x, y) = (((pixel % 48) - 23) / halfWidth, ((pixel / 48) - middle) / halfHeight);
        return (x * x) + (y * y) <= 1;
    }

    private Half[] Embed(byte[] pixels)
    {
        var reading = _model.CreateReading();
        _model.Add(pixels, 0, new RecurrentState(_model.Shape.StateSize));
        _model.Run();
        _model.Read(0, reading);
        _model.Clear();
        return Embeddings.Halve(reading.Embedding);
    }
}
