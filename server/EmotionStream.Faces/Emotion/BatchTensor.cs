using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Emotion;

/// <summary>One named float tensor with room for a whole batch, of which any number of leading rows can be handed to the model.</summary>
internal sealed class BatchTensor(string name, int capacity, params int[] rowShape) : IDisposable
{
    private readonly int _rowSize = rowShape.Aggregate(1, (size, side) => size * side);
    private readonly float[] _values = new float[capacity * rowShape.Aggregate(1, (size, side) => size * side)];
    private readonly List<OrtValue> _handedOut = [];

    public string Name => name;

    public Span<float> Row(int index) => _values.AsSpan(index * _rowSize, _rowSize);

    public OrtValue Of(int rows)
    {
        long[] shape = [rows, .. rowShape.Select(side => (long)side)];
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _values.AsMemory(0, rows * _rowSize), shape);
        _handedOut.Add(value);
        return value;
    }

    public void Dispose() => _handedOut.ForEach(value => value.Dispose());
}
