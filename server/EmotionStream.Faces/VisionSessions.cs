using EmotionStream.Faces.Onnx;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace EmotionStream.Faces;

/// <summary>Opens the models that find faces.</summary>
internal static class VisionSessions
{
    /// <summary>One thread a run, since the workers fill the cores.</summary>
    /// <param name="model">The file's content.</param>
    /// <param name="path">Names it where it can't be used.</param>
    public static InferenceSession Open(byte[] model, string path)
    {
        using var settings = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };

        // A cached plan for each of the sizes that clients may send would only grow; allocations are reused by the arena anyway.
        settings.EnableMemoryPattern = false;
        try
        {
            return new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new ModelLoadException(path, failure.Message, failure);
        }
    }
}
