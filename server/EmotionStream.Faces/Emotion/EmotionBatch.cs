using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Emotion;

/// <summary>The input and output buffers of one run, made once and bound to the model once per batch size.</summary>
internal sealed class EmotionBatch : IDisposable
{
    private const int FacePixels = EmotionModelShape.FaceSide * EmotionModelShape.FaceSide;

    private readonly InferenceSession _session;
    private readonly EmotionModelShape _shape;
    private readonly BatchTensor[] _inputs;
    private readonly BatchTensor[] _outputs;
    private readonly BatchTensor _faces;
    private readonly BatchTensor _elapsed;
    private readonly BatchTensor _hidden;
    private readonly BatchTensor _cell;
    private readonly BatchTensor _emotions;
    private readonly BatchTensor _still;
    private readonly BatchTensor _embedding;
    private readonly BatchTensor _maps;
    private readonly BatchTensor _nextHidden;
    private readonly BatchTensor _nextCell;
    private readonly RecurrentState[] _states;
    private readonly OrtIoBinding?[] _bindings;
    private int _count;

    public EmotionBatch(InferenceSession session, EmotionModelShape shape, EmotionPrior prior, int capacity)
    {
        (_session, _shape, Capacity) = (session, shape, capacity);
        _faces = new("faces", capacity, 1, EmotionModelShape.FaceSide, EmotionModelShape.FaceSide);
        _elapsed = new("elapsed", capacity, 1);
        _hidden = new("h", capacity, shape.StateSize);
        _cell = new("c", capacity, shape.StateSize);
        _emotions = new(prior.Emotions(), capacity, EmotionReading.Labels);
        _still = new(prior.Still(), capacity, EmotionReading.Labels);
        _embedding = new("embedding", capacity, shape.EmbeddingSize);
        _maps = new("maps", capacity, EmotionReading.Labels, EmotionReading.MapSide, EmotionReading.MapSide);
        _nextHidden = new("h'", capacity, shape.StateSize);
        _nextCell = new("c'", capacity, shape.StateSize);
        _inputs = shape.TakesElapsed ? [_faces, _elapsed, _hidden, _cell] : [_faces, _hidden, _cell];
        _outputs = [_emotions, _still, _embedding, _maps, _nextHidden, _nextCell];
        _states = new RecurrentState[capacity];
        _bindings = new OrtIoBinding?[capacity + 1];
    }

    public int Capacity { get; }

    /// <summary>The buffers bound to the model for as many faces as were added.</summary>
    public OrtIoBinding Binding => _bindings[_count] ??= Bind(_count);

    public void Add(ReadOnlySpan<byte> pixels, float elapsed, RecurrentState state)
    {
        var index = _count++;
        // The graph takes raw gray 0..255 and normalizes by itself (models/training/emotion).
        TensorPrimitives.ConvertTruncating(pixels[..FacePixels], _faces.Row(index));
        _elapsed.Row(index)[0] = elapsed;
        state.Hidden.CopyTo(_hidden.Row(index));
        state.Cell.CopyTo(_cell.Row(index));
        _states[index] = state;
    }

    /// <summary>Scatters the new recurrent states back to the faces they belong to.</summary>
    public void KeepStates()
    {
        for (var i = 0; i < _count; i++)
        {
            _nextHidden.Row(i).CopyTo(_states[i].Hidden);
            _nextCell.Row(i).CopyTo(_states[i].Cell);
        }
    }

    public void Read(int index, EmotionReading reading)
    {
        _emotions.Row(index).CopyTo(reading.Emotions);
        _still.Row(index).CopyTo(reading.Still);
        _embedding.Row(index).CopyTo(reading.Embedding);
        _maps.Row(index).CopyTo(reading.Maps);
    }

    public void Clear()
    {
        Array.Clear(_states, 0, _count);
        _count = 0;
    }

    public void Dispose()
    {
        foreach (var binding in _bindings)
        {
            binding?.Dispose();
        }

        foreach (var tensor in (ReadOnlySpan<BatchTensor>)[.. _inputs, .. _outputs])
        {
            tensor.Dispose();
        }
    }

    private OrtIoBinding Bind(int count)
    {
        var binding = _session.CreateIoBinding();
        foreach (var input in _inputs)
        {
            binding.BindInput(input.Name, input.Of(count));
        }

        foreach (var output in _outputs)
        {
            binding.BindOutput(output.Name, output.Of(count));
        }

        return binding;
    }
}
