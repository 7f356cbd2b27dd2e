using System.Numerics;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Detection;

/// <summary>Looks once more, from near, at a face that was just found or known a moment ago: is it there, and where exactly?</summary>
/// <remarks>
/// Owned by one worker; not thread-safe. The detector has to find faces of any size anywhere, and its points err by 8% of the eye
/// distance; this model sees nothing but one face at one size, costs a seventh of a whole picture, and errs by 5.7%.
/// </remarks>
internal sealed class CloseLook : IDisposable
{
    // As sharp as what it was trained on (models/training/face/augment.py, paste).
    private const float Coarsest = 1.5f;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly SquareCutter _cutter = new(CloseLookModel.Side, Coarsest);
    private readonly float[] _input = new float[CloseLookModel.Side * CloseLookModel.Side];
    private readonly float[] _face = new float[1];
    private readonly float[] _corners = new float[4];
    private readonly float[] _points = new float[10];
    private readonly OrtValue[] _values;

    public CloseLook(CloseLookModel model)
    {
        _session = model.Session;
        _binding = _session.CreateIoBinding();
        var input = OrtValue.CreateTensorValueFromMemory(_input, [1, 1, CloseLookModel.Side, CloseLookModel.Side]);
        _binding.BindInput("input", input);
        _values = [input, Bind("face", _face), Bind("corners", _corners), Bind("points", _points)];
    }

    /// <summary>The face about where another one is or was, its score being how sure it is that one is there.</summary>
    public DetectedFace At(GrayImage image, in DetectedFace about)
    {
        var box = about.Box;
        var side = MathF.Sqrt(box.Area) * (CloseLookModel.Side / CloseLookModel.FaceSide);
        var geometry = CropGeometry.Leaning(new Vector2(box.CenterX, box.CenterY), side, about.Points);
        _cutter.Cut(image, geometry);
        Pixels.Widen(_cutter.Pixels.Pixels, _input);
        Run();
        return InPicture(geometry.Corner, geometry.Right / CloseLookModel.Side, geometry.Down / CloseLookModel.Side);
    }

    /// <summary>One run on whatever was cut last.</summary>
    public void Run() => _session.RunWithBinding(_runOptions, _binding);

    /// <summary>One number of one output, by the output's name; for comparing with other implementations.</summary>
    public float Read(string output, int index) => output switch
    {
        "face" => _face[index],
        "corners" => _corners[index],
        "points" => _points[index],
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, "There is no such output."),
    };

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        foreach (var value in _values)
        {
            value.Dispose();
        }
    }

    /// <summary>What the model said, in pixels of the picture, given where the close-up's pixels lie there.</summary>
    private DetectedFace InPicture(Vector2 corner, Vector2 right, Vector2 down)
    {
        var (upperLeft, lowerRight) = (new Vector2(_corners), new Vector2(_corners.AsSpan(2)));
        var (middle, half) = (Place((upperLeft + lowerRight) / 2), (lowerRight - upperLeft) / 2);

        // A leaning face's box is that of the ellipse in its level box, as it is in training (models/training/face/augment.py, moved).
        var reach = Vector2.SquareRoot((half.X * right * (half.X * right)) + (half.Y * down * (half.Y * down)));
        var box = new FaceBox(middle.X - reach.X, middle.Y - reach.Y, 2 * reach.X, 2 * reach.Y);
        return new DetectedFace(box, new FacePoints(Point(0), Point(1), Point(2), Point(3), Point(4)), _face[0]);

        Vector2 Point(int number) => Place(new Vector2(_points.AsSpan(2 * number)));

        Vector2 Place(Vector2 at) => corner + (at.X * right) + (at.Y * down);
    }

    private OrtValue Bind(string output, float[] memory)
    {
        var value = OrtValue.CreateTensorValueFromMemory(memory, [1, memory.Length]);
        _binding.BindOutput(output, value);
        return value;
    }
}
