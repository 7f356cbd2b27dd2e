using System.Numerics;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Detection;

/// <summary>One of the detector's three grids of cells, and how a cell's numbers become a face, as YuNet defines them.</summary>
internal sealed class DetectorLevel : IDisposable
{
    private readonly int _stride;
    private readonly int _columns;
    private readonly float[] _class;
    private readonly float[] _object;
    private readonly float[] _boxes;
    private readonly float[] _points;
    private readonly OrtValue[] _values;

    /// <summary>Makes the arrays of one level and binds them as the model's outputs.</summary>
    public DetectorLevel(OrtIoBinding binding, int stride, int width, int height)
    {
        _stride = stride;
        _columns = width / stride;
        var cells = _columns * (height / stride);
        (_class, _object, _boxes, _points) = (new float[cells], new float[cells], new float[4 * cells], new float[10 * cells]);
        _values = [Bind(binding, "cls", _class, 1), Bind(binding, "obj", _object, 1), Bind(binding, "bbox", _boxes, 4), Bind(binding, "kps", _points, 10)];
    }

    public int Cells => _class.Length;

    /// <summary>How likely a face has its center near a cell: YuNet's score is the geometric mean of class and objectness.</summary>
    public float SquaredScore(int cell) => Math.Clamp(_class[cell], 0, 1) * Math.Clamp(_object[cell], 0, 1);

    public FaceBox Box(int cell)
    {
        var (row, column) = Math.DivRem(cell, _columns);
        var values = _boxes.AsSpan(4 * cell, 4);
        var width = MathF.Exp(values[2]) * _stride;
        var height = MathF.Exp(values[3]) * _stride;
        return new FaceBox(((column + values[0]) * _stride) - (width / 2), ((row + values[1]) * _stride) - (height / 2), width, height);
    }

    public FacePoints Points(int cell)
    {
        var (row, column) = Math.DivRem(cell, _columns);
        var origin = new Vector2(column, row);
        var values = _points.AsSpan(10 * cell, 10);
        return new FacePoints(
            (origin + new Vector2(values)) * _stride,
            (origin + new Vector2(values[2..])) * _stride,
            (origin + new Vector2(values[4..])) * _stride,
            (origin + new Vector2(values[6..])) * _stride,
            (origin + new Vector2(values[8..])) * _stride);
    }

    /// <summary>One number of one output, by the output's name; for comparing with other implementations.</summary>
    public float Read(string head, int cell, int channel) => head switch
    {
        "cls" => _class[cell],
        "obj" => _object[cell],
        "bbox" => _boxes[(4 * cell) + channel],
        "kps" => _points[(10 * cell) + channel],
        _ => throw new ArgumentOutOfRangeException(nameof(head), head, "There is no such output."),
    };

    public void Dispose()
    {
        foreach (var value in _values)
        {
            value.Dispose();
        }
    }

    private OrtValue Bind(OrtIoBinding binding, string head, float[] memory, int values)
    {
        var value = OrtValue.CreateTensorValueFromMemory(memory, [1, memory.Length / values, values]);
        binding.BindOutput($"{head}_{_stride}", value);
        return value;
    }
}
