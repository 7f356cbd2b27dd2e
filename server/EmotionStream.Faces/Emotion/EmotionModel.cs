using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Emotion;

/// <summary>The emotion network: a convolutional net that looks at one face and an LSTM that remembers the face before.</summary>
/// <remarks>One loop owns it and its batch buffers, so no lock is needed; others may only prepare and offer another network.</remarks>
internal sealed class EmotionModel : IDisposable
{
    private readonly InferenceOptions _options;
    private readonly OnnxSessions _sessions;
    private readonly EmotionModelFile? _quantized;
    private EmotionNet _net;
    private EmotionNet? _offered;
    private int _generation;

    public EmotionModel(IOptions<InferenceOptions> options, OnnxSessions sessions)
    {
        (_options, _sessions) = (options.Value, sessions);
        File = EmotionModelFile.Read(_options.EmotionModel);
        _quantized = QuantizedModel.Find(File, _options.Precision, onProcessor: !sessions.UsesCuda(_options.Device));
        _net = Load(File, head: null, required: null);
    }

    /// <summary>The configured file; another may run in its place.</summary>
    public EmotionModelFile File { get; }

    public string Name => File.Name;

    /// <summary>How the configured file computes; an uploaded one always in floats.</summary>
    public EmotionPrecision Precision => _quantized is null ? EmotionPrecision.Float : EmotionPrecision.Int8;

    /// <summary>The same for every network that runs here.</summary>
    public EmotionModelShape Shape => _net.Shape;

    public int MaxBatch => _options.MaxBatch;

    public EmotionReading CreateReading() => new(Shape.EmbeddingSize);

    public SequenceMemory CreateMemory() => new(Shape.StateSize);

    /// <summary>The network that runs, by its file's SHA-256 and by the number that recurrent states carry; from any thread.</summary>
    /// <remarks>Read in this order, a change in between gives the old name with the new number, which no state carries yet.</remarks>
    public (string Sha256, int Generation) Running => (Volatile.Read(ref _net).BaseSha256, Volatile.Read(ref _generation));

    /// <summary>Loads and warms up a network that can take this one's place; from any thread.</summary>
    /// <param name="head">Put in the place of the file's own, if given.</param>
    /// <exception cref="ModelLoadException">The file can't be read, or its tensors are not the ones of the network that runs.</exception>
    public EmotionNet Prepare(EmotionModelFile file, EmotionHead? head)
    {
        var net = Load(file, head, Shape);
        try
        {
            net.WarmUp();
            return net;
        }
        catch (OnnxRuntimeException problem)
        {
            net.Dispose();
            throw new ModelLoadException(file.Path, $"it does not run ({problem.Message})", problem);
        }
    }

    /// <summary>Has a network take over before the next batch, and takes it over; from any thread.</summary>
    public void Offer(EmotionNet net) => Interlocked.Exchange(ref _offered, net)?.Dispose();

    /// <summary>Changes to the network that was offered, if one was: between two batches, so that no face notices.</summary>
    public void TakeOffered()
    {
        if (Volatile.Read(ref _offered) is null || Interlocked.Exchange(ref _offered, null) is not { } next)
        {
            return;
        }

        var before = _net;
        _generation += next.BaseSha256 == before.BaseSha256 ? 0 : 1;
        Volatile.Write(ref _net, next);
        before.Dispose();
    }

    /// <summary>Takes one face into the next run.</summary>
    public void Add(ReadOnlySpan<byte> pixels, float elapsed, RecurrentState state)
    {
        state.MoveTo(_generation);
        _net.Batch.Add(pixels, elapsed, state);
    }

    /// <summary>Runs the faces added since the last run and moves each one's recurrent state on.</summary>
    public void Run() => _net.Run();

    /// <summary>Runs once over an empty face, so that the first person does not wait for its start.</summary>
    public void WarmUp() => _net.WarmUp();

    /// <summary>Copies out what the last run said of its n-th face.</summary>
    public void Read(int index, EmotionReading reading)
    {
        _net.Batch.Read(index, reading);
        reading.ModelSha256 = _net.BaseSha256;
    }

    /// <summary>Makes room for the next run.</summary>
    public void Clear() => _net.Batch.Clear();

    public void Dispose()
    {
        Interlocked.Exchange(ref _offered, null)?.Dispose();
        _net.Dispose();
    }

    private EmotionNet Load(EmotionModelFile file, EmotionHead? head, EmotionModelShape? required)
    {
        var run = _quantized is not null && file.Sha256 == File.Sha256 ? _quantized : file;
        var session = _sessions.Open(head is null ? run.Bytes : run.With(head), run.Path, _options.Device, _options.ThreadsOrDefault);
        return new EmotionNet(session, run.Path, file.Sha256, _options.Prior, _options.MaxBatch, required);
    }
}
