using System.Security.Cryptography;
using EmotionStream.Faces.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Detection;

/// <summary>The ONNX session of the second look at a face, checked and warmed up when it is loaded: NAME-close.onnx beside the detector's NAME.onnx.</summary>
/// <remarks>
/// Shared by all workers, as the detector's is. Where the processor is made for it, NAME-close-int8.onnx runs in its place, if it was made from
/// exactly that file.
/// </remarks>
internal sealed class CloseLookModel : IDisposable
{
    /// <summary>The side of the close-up in pixels.</summary>
    public const int Side = 64;

    /// <summary>The side that a face's box (the root of its area) has in the close-up cut around it; models/training/face/closeups.py, FACE.</summary>
    public const float FaceSide = 36;

    // As models/training/emotion/quantise.py names it.
    private const string MadeFrom = "quantised_from";

    private CloseLookModel(string path, bool exact)
    {
        (Path, Bytes) = (path, File.ReadAllBytes(path));
        Session = (exact ? null : OpenQuantized()) ?? VisionSessions.Open(Bytes, path);
        try
        {
            new TensorShapes(path, "input", Session.InputMetadata).Expect("input", 1, Side, Side);
            var outputs = new TensorShapes(path, "output", Session.OutputMetadata);
            outputs.Expect("face", 1);
            outputs.Expect("corners", 4);
            outputs.Expect("points", 10);
            using var first = new CloseLook(this);
            first.Run();
        }
        catch (OnnxRuntimeException failure)
        {
            Session.Dispose();
            throw new ModelLoadException(path, failure.Message, failure);
        }
        catch
        {
            Session.Dispose();
            throw;
        }
    }

    public InferenceSession Session { get; }

    /// <summary>The file that was loaded, as a full path.</summary>
    public string Path { get; }

    /// <summary>What runs, whatever becomes of the file.</summary>
    public byte[] Bytes { get; }

    /// <summary>The second look that was trained for a detector; null where none lies beside it.</summary>
    /// <param name="exact">Always as it was trained, never in 8-bit integers.</param>
    public static CloseLookModel? Beside(string detector, bool exact = false)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(detector)!, System.IO.Path.GetFileNameWithoutExtension(detector) + "-close.onnx");
        return File.Exists(path) ? new CloseLookModel(path, exact) : null;
    }

    public void Dispose() => Session.Dispose();

    private InferenceSession? OpenQuantized()
    {
        var path = System.IO.Path.ChangeExtension(Path, null) + "-int8.onnx";
        if (!Processor.SumsByteProducts || !File.Exists(path))
        {
            return null;
        }

        var session = VisionSessions.Open(File.ReadAllBytes(path), path);
        if (session.ModelMetadata.CustomMetadataMap.TryGetValue(MadeFrom, out var sha256) && sha256 == Convert.ToHexStringLower(SHA256.HashData(Bytes)))
        {
            return session;
        }

        session.Dispose();
        return null;
    }
}
