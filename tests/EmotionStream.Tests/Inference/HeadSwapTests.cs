using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Inference;

public sealed class HeadSwapTests : IDisposable
{
    private readonly EmotionModel _model =
        new(Options.Create(new InferenceOptions { Precision = EmotionPrecision.Float }), new OnnxSessions(NullLogger<OnnxSessions>.Instance));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void TheHeadInTheFile_GivesTheMapsOfTheGraph()
    {
        var reading = Read(new RecurrentState(_model.Shape.StateSize));
        Span<float> logits = stackalloc float[EmotionReading.Labels];

        _model.File.Head!.Logits(reading.Embedding, logits);

        for (var label = 0; label < EmotionReading.Labels; label++)
        {
            Assert.Equal(reading.Maps.Chunk(36).ElementAt(label).Average(), logits[label], 1e-3f);
        }
    }

    [Fact]
    public void AnOfferedHead_SpeaksFromTheNextBatchOn_AndKeepsTheMemories()
    {
        var state = new RecurrentState(_model.Shape.StateSize);
        var before = Read(state);
        var head = _model.File.Head!;
        var angry = head with { Bias = [.. head.Bias.Select((bias, label) => label == 4 ? bias + 30 : bias)] };
        var remembered = state.Hidden.ToArray();

        _model.Offer(_model.Prepare(_model.File, angry));
        Assert.Equal(before.Still, Read(new RecurrentState(_model.Shape.StateSize)).Still);
        _model.TakeOffered();

        var after = Read(state);
        Assert.True(after.Still[4] > 0.99);
        Assert.True(after.Emotions[4] > 0.99);
        Assert.Equal(before.Embedding, after.Embedding, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.NotEqual(new float[remembered.Length], remembered);
        Assert.Equal(0, state.Generation);
    }

    [Fact]
    public void AModelOfOtherBytes_BeginsWithEmptyMemories()
    {
        var state = new RecurrentState(_model.Shape.StateSize);
        var first = Read(state).Emotions.ToArray();
        // A protocol buffer field that nobody knows (number 1000) makes other bytes of the same graph.
        var other = new EmotionModelFile("other.onnx", [.. _model.File.Bytes, 0xC0, 0x3E, 0x01]);

        _model.Offer(_model.Prepare(other, head: null));
        _model.TakeOffered();

        Assert.Equal(first, Read(state).Emotions, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(1, state.Generation);
    }

    [Fact]
    public void AModelOfAnotherKind_IsRefused_AndTheOldOneGoesOn()
    {
        var face = EmotionModelFile.Read("models/face.onnx");

        Assert.Throws<ModelLoadException>(() => _model.Prepare(face, head: null));
        Assert.Throws<ModelLoadException>(() => _model.Prepare(face, _model.File.Head));
        Assert.Throws<ModelLoadException>(() => _model.Prepare(new EmotionModelFile("x.onnx", [1, 2, 3]), head: null));
        Assert.Equal(1, Read(new RecurrentState(_model.Shape.StateSize)).Still.Sum(), 1e-3f);
    }

    private EmotionReading Read(RecurrentState state)
    {
        var reading = _model.CreateReading();
        _model.Add([.. Enumerable.Range(0, 48 * 48).Select(i => (byte)(i * 7))], 0.1f, state);
        _model.Run();
        _model.Read(0, reading);
        _model.Clear();
        return reading;
    }
}
