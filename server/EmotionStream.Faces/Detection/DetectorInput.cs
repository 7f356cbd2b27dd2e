using EmotionStream.Faces.Decoding;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Detection;

/// <summary>Everything that running the detector at one input size needs, allocated and bound once.</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
internal sealed class DetectorInput : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _value;
    private readonly float[] _tensor;
    private readonly int _channels;

    public DetectorInput(FaceDetectorModel model, int width, int height)
    {
        (Width, Height) = (width, height);
        (_session, _channels) = (model.Session, model.Channels);
        _tensor = new float[_channels * width * height];
        _value = OrtValue.CreateTensorValueFromMemory(_tensor, [1, _channels, height, width]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(model.InputName, _value);
        Levels = [.. FaceDetectorModel.Strides.Select(stride => new DetectorLevel(_binding, stride, width, height))];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The outputs, from the finest grid to the coarsest.</summary>
    public DetectorLevel[] Levels { get; }

    /// <summary>Puts a picture into the upper left corner and black around it, as YuNet is run elsewhere.</summary>
    public void Fill(GrayImage image)
    {
        var plane = _tensor.AsSpan(0, Width * Height);
        for (var y = 0; y < image.Height; y++)
        {
            var row = plane.Slice(y * Width, Width);
            Pixels.Widen(image.Row(y), row);
            row[image.Width..].Clear();
        }

        plane[(image.Height * Width)..].Clear();
        for (var channel = 1; channel < _channels; channel++)
        {
            plane.CopyTo(_tensor.AsSpan(channel * plane.Length));
        }
    }

    public void Run() => _session.RunWithBinding(_runOptions, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _value.Dispose();
        foreach (var level in Levels)
        {
            level.Dispose();
        }

        _runOptions.Dispose();
    }
}
