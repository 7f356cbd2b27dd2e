using EmotionStream.Faces.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EmotionStream.Faces.Detection;

/// <summary>The detector's ONNX session, checked and warmed up when it is loaded.</summary>
/// <remarks>Shared by all workers: an ONNX session may be run from several threads.</remarks>
internal sealed class FaceDetectorModel : IDisposable
{
    /// <summary>The distances in pixels between the cells of the three output levels.</summary>
    public static readonly int[] Strides = [8, 16, 32];

    /// <summary>Both sides of the input are multiples of this.</summary>
    public const int SideMultiple = 32;

    private static readonly (string Name, int Values)[] Heads = [("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)];

    private readonly string _path;

    public FaceDetectorModel(VisionOptions options)
    {
        _path = ModelFiles.Find(options.FaceModel);
        Bytes = File.ReadAllBytes(_path);
        Session = VisionSessions.Open(Bytes, _path);
        try
        {
            (InputName, Channels) = CheckInput();
            CheckOutputs();
            Warm();
            Close = CloseLookModel.Beside(_path);
        }
        catch
        {
            Session.Dispose();
            throw;
        }
    }

    public InferenceSession Session { get; }

    public string InputName { get; }

    /// <summary>1 for a model that takes gray, 3 for one that takes color and is given gray three times.</summary>
    public int Channels { get; }

    /// <summary>The second look at what this detector finds; null where no model for it lies beside the detector's.</summary>
    public CloseLookModel? Close { get; }

    /// <summary>The file that was loaded, as a full path.</summary>
    public string Path => _path;

    /// <summary>What runs, whatever becomes of the file.</summary>
    public byte[] Bytes { get; }

    public void Dispose()
    {
        Close?.Dispose();
        Session.Dispose();
    }

    private (string Name, int Channels) CheckInput()
    {
        if (Session.InputMetadata.Count != 1)
        {
            throw new ModelLoadException(_path, $"it has {Session.InputMetadata.Count} inputs instead of one.");
        }

        var (name, input) = Session.InputMetadata.First();
        var shape = input.Dimensions;
        if (input.ElementDataType != TensorElementType.Float || shape.Length != 4 || shape[1] is not (1 or 3))
        {
            throw new ModelLoadException(_path, $"its input '{name}' is {input.ElementDataType} [{string.Join(", ", shape)}] instead of Float [B, 1 or 3, H, W].");
        }

        if (shape[2] > 0 || shape[3] > 0)
        {
            throw new ModelLoadException(_path, $"its input '{name}' takes {shape[3]}x{shape[2]} pixels only; height and width must be dynamic.");
        }

        return (name, shape[1]);
    }

    private void CheckOutputs()
    {
        foreach (var (head, values) in Heads)
        {
            foreach (var stride in Strides)
            {
                var name = $"{head}_{stride}";
                if (!Session.OutputMetadata.TryGetValue(name, out var output))
                {
                    throw new ModelLoadException(_path, $"it has no output '{name}'; it has {string.Join(", ", Session.OutputMetadata.Keys)}.");
                }

                var shape = output.Dimensions;
                if (output.ElementDataType != TensorElementType.Float || shape.Length != 3 || (shape[2] > 0 && shape[2] != values))
                {
                    throw new ModelLoadException(_path, $"its output '{name}' is {output.ElementDataType} [{string.Join(", ", shape)}] instead of Float [B, N, {values}].");
                }
            }
        }
    }

    /// <summary>Runs once at two sizes: the first frame then finds everything allocated, and outputs of another shape show here.</summary>
    private void Warm()
    {
        try
        {
            foreach (var (width, height) in ((int, int)[])[(320, 256), (64, 32)])
            {
                using var input = new DetectorInput(this, width, height);
                input.Run();
            }
        }
        catch (OnnxRuntimeException failure)
        {
            throw new ModelLoadException(_path, failure.Message, failure);
        }
    }
}
