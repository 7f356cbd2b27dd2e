using EmotionStream.Onnx;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Inference;

/// <summary>The emotion network: a convolutional net that looks at one face and an LSTM that remembers the face before.</summary>
/// <remarks>One loop owns it and its batch buffers, so no lock is needed.</remarks>
internal sealed class EmotionModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly EmotionBatch _batch;

    public EmotionModel(IOptions<InferenceOptions> options, OnnxSessions sessions)
    {
        var path = ModelFiles.Find(options.Value.EmotionModel);
        Name = Path.GetFileName(path);
        _session = sessions.Open(path, options.Value.Device, options.Value.ThreadsOrDefault);
        try
        {
            Shape = EmotionModelShape.Of(_session, path);
            _batch = new EmotionBatch(_session, Shape, options.Value.MaxBatch);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public EmotionModelShape Shape { get; }

    public int MaxBatch => _batch.Capacity;

    public EmotionReading CreateReading() => new(Shape.EmbeddingSize);

    public SequenceMemory CreateMemory() => new(Shape.StateSize);

    /// <summary>Takes one face into the next run.</summary>
    public void Add(ReadOnlySpan<byte> pixels, float elapsed, RecurrentState state) => _batch.Add(pixels, elapsed, state);

    /// <summary>Runs the faces added since the last run and moves each one's recurrent state on.</summary>
    public void Run()
    {
        _session.RunWithBinding(_run, _batch.Binding);
        _batch.KeepStates();
    }

    /// <summary>Copies out what the last run said of its n-th face.</summary>
    public void Read(int index, EmotionReading reading) => _batch.Read(index, reading);

    /// <summary>Makes room for the next run.</summary>
    public void Clear() => _batch.Clear();

    public void Dispose()
    {
        _batch.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
