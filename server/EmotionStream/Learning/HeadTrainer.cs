using System.Numerics.Tensors;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Learning;

/// <summary>
/// Fits an emotion model's head to corrections: softmax regression that starts from the shipped head, is held close to it, and goes over
/// the replay set with the shipped head's own answers, so that without corrections it stays where it is.
/// </summary>
/// <remarks>
/// The loss is convex and training is deterministic (all faces at every step, in a fixed order), so the same corrections always give
/// the same head, and removing somebody's gives the head as if they had never been. Steps use Nesterov acceleration.
/// </remarks>
internal sealed class HeadTrainer
{
    // Chosen on FER+ Valid with drawn moustaches and an earlier model, beside the gate's figures: half of it moves too little, twice of it costs Test half a point.
    private const float CorrectionWorth = 4;

    // The pull toward the shipped head, against the mean loss over the replay set.
    private const float Closeness = 0.01f;

    // More steps change no answer.
    private const int Steps = 100;

    // Rounds of power iteration for the steepest curvature, and a margin over their slightly low answer.
    private const int CurvatureRounds = 12;
    private const float CurvatureMargin = 1.1f;

    private static readonly int Labels = EmotionReading.Labels;

    private readonly float[] _shipped;
    private readonly int _size;
    private readonly float[][] _faces;
    private readonly float[][] _targets;
    private readonly float[] _weights;

    /// <param name="replay">What the shipped head must not unlearn.</param>
    /// <param name="corrections">In a fixed order.</param>
    public HeadTrainer(EmotionHead shipped, Embeddings replay, IReadOnlyList<LabeledFace> corrections)
    {
        _size = replay.Size;
        _shipped = Flat(shipped);
        // A one at the end multiplies the bias.
        _faces = [.. Enumerable.Range(0, replay.Count).Select(i => Extended(into => replay.CopyRow(i, into))),
            .. corrections.Select(face => Extended(into => TensorPrimitives.ConvertToSingle(face.Embedding, into)))];
        _targets = [.. _faces.Take(replay.Count).Select(ShippedAnswer), .. corrections.Select(face => OneHot(face.Label))];
        var worth = CorrectionWorth / replay.Count;
        _weights = [.. Enumerable.Repeat(1f / replay.Count, replay.Count), .. Influence.Of(corrections).Select(influence => worth * influence)];
    }

    /// <param name="progress">Called after each step with the progress, 0 to 1.</param>
    /// <param name="rest">Called after each step; may sleep.</param>
    public EmotionHead Train(Action<double> progress, Action rest, CancellationToken cancellation)
    {
        var (current, ahead, gradient) = ((float[])_shipped.Clone(), (float[])_shipped.Clone(), new float[_shipped.Length]);
        var step = 1 / ((CurvatureMargin * Curvature()) + Closeness);
        var momentum = 1.0;
        for (var i = 0; i < Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Gradient(ahead, gradient);
            var next = new float[_shipped.Length];
            TensorPrimitives.MultiplyAdd(gradient, -step, ahead, next);
            var grown = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            TensorPrimitives.Subtract(next, current, ahead);
            TensorPrimitives.MultiplyAdd(ahead, (float)((momentum - 1) / grown), next, ahead);
            (current, momentum) = (next, grown);
            progress((i + 1.0) / Steps);
            rest();
        }

        return Head(current);
    }

    private void Gradient(float[] head, float[] gradient)
    {
        TensorPrimitives.Subtract(head, _shipped, gradient);
        TensorPrimitives.Multiply(gradient, Closeness, gradient);
        Span<float> answer = stackalloc float[Labels];
        for (var i = 0; i < _faces.Length; i++)
        {
            Answer(head, _faces[i], answer);
            for (var label = 0; label < Labels; label++)
            {
                var error = _weights[i] * (answer[label] - _targets[i][label]);
                var row = Row(gradient, label);
                TensorPrimitives.MultiplyAdd(_faces[i], error, row, row);
            }
        }
    }

    /// <summary>The most that the loss bends in any direction: half the largest eigenvalue of the faces' second moments (Böhning 1992).</summary>
    private float Curvature()
    {
        var (direction, moved) = (new float[_size + 1], new float[_size + 1]);
        Array.Fill(direction, 1 / MathF.Sqrt(_size + 1));
        var length = 0f;
        for (var round = 0; round < CurvatureRounds; round++)
        {
            Array.Clear(moved);
            for (var i = 0; i < _faces.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(_faces[i], _weights[i] * TensorPrimitives.Dot<float>(_faces[i], direction), moved, moved);
            }

            length = TensorPrimitives.Norm<float>(moved);
            TensorPrimitives.Divide(moved, length, direction);
        }

        return length / 2;
    }

    private void Answer(float[] head, float[] face, Span<float> shares)
    {
        for (var label = 0; label < Labels; label++)
        {
            shares[label] = TensorPrimitives.Dot(Row(head, label), face);
        }

        TensorPrimitives.SoftMax(shares, shares);
    }

    private Span<float> Row(float[] head, int label) => head.AsSpan(label * (_size + 1), _size + 1);

    private float[] Extended(Action<Span<float>> fill)
    {
        var face = new float[_size + 1];
        fill(face.AsSpan(0, _size));
        face[_size] = 1;
        return face;
    }

    private float[] ShippedAnswer(float[] face)
    {
        var shares = new float[Labels];
        Answer(_shipped, face, shares);
        return shares;
    }

    private static float[] OneHot(int label)
    {
        var shares = new float[Labels];
        shares[label] = 1;
        return shares;
    }

    /// <summary>Each label's weights and its bias in one row.</summary>
    private float[] Flat(EmotionHead head) =>
        [.. Enumerable.Range(0, Labels).SelectMany(label => head.Weights.Skip(label * _size).Take(_size).Append(head.Bias[label]))];

    private EmotionHead Head(float[] flat) => new(
        [.. Enumerable.Range(0, Labels).SelectMany(label => Row(flat, label)[..^1].ToArray())],
        [.. Enumerable.Range(0, Labels).Select(label => Row(flat, label)[^1])]);
}
