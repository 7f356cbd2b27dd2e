using EmotionStream.Faces.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Emotion;

/// <summary>One loaded emotion network with its batch buffers; what an <see cref="EmotionModel"/> has one of at a time.</summary>
/// <remarks>Not thread-safe: it is prepared on one thread, handed over, and used on another.</remarks>
internal sealed class EmotionNet : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    /// <summary>Takes the session over.</summary>
    /// <param name="path">Names the file where the session does not fit.</param>
    /// <param name="baseSha256">Of the model file without regard to its head: recurrent states go on between nets of one base.</param>
    /// <param name="required">What the shape has to be, if not any will do.</param>
    public EmotionNet(InferenceSession session, string path, string baseSha256, EmotionPrior prior, int maxBatch, EmotionModelShape? required)
    {
        _session = session;
        try
        {
            (BaseSha256, Shape) = (baseSha256, EmotionModelShape.Of(session, path, prior));
            if (required is not null && Shape != required)
            {
                // Before there are buffers of the file's sizes, which may be any.
                throw new ModelLoadException(path, $"its state and embedding have {Shape.StateSize} and {Shape.EmbeddingSize} numbers; "
                    + $"only one with {required.StateSize} and {required.EmbeddingSize} can take over while the server runs.");
            }

            Batch = new EmotionBatch(session, Shape, prior, maxBatch);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public string BaseSha256 { get; }

    public EmotionModelShape Shape { get; }

    public EmotionBatch Batch { get; }

    public void Run()
    {
        _session.RunWithBinding(_run, Batch.Binding);
        Batch.KeepStates();
    }

    /// <summary>Runs the network once over an empty face, so that the first person does not wait for its start.</summary>
    public void WarmUp()
    {
        Span<byte> empty = stackalloc byte[EmotionModelShape.FaceSide * EmotionModelShape.FaceSide];
        empty.Clear();
        Batch.Add(empty, 0, new RecurrentState(Shape.StateSize));
        Run();
        Batch.Clear();
    }

    public void Dispose()
    {
        Batch.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
