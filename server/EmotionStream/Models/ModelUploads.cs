using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Models;

/// <summary>Accepts emotion models that were trained elsewhere, after trying them out.</summary>
internal sealed class ModelUploads(EmotionModel model, VersionStore store, TimeProvider time)
{
    private const int Rows = EmotionModelShape.FaceSide * EmotionModelShape.FaceSide;

    // Probabilities must sum to 1 within this tolerance.
    private const float Tolerance = 1e-3f;

    /// <summary>Tries a model out and keeps it as a version that can be promoted.</summary>
    /// <exception cref="RefusedException">It can't be used; the text says why.</exception>
    public async Task<ModelVersion> AddAsync(byte[] bytes, string name, CancellationToken cancellation)
    {
        var file = new EmotionModelFile(name, bytes);
        try
        {
            using var net = model.Prepare(file, head: null);
            if (Misbehavior(net) is { } problem)
            {
                throw new RefusedException(Refusals.BadModel($"The model {name} can't be used: {problem}"));
            }
        }
        catch (Exception problem) when (problem is ModelLoadException or OnnxRuntimeException)
        {
            throw new RefusedException(Refusals.BadModel(problem.Message));
        }

        return await store.AddAsync(
            new ModelVersion(0, time.GetUtcNow().ToUnixTimeMilliseconds(), ModelVersion.Uploaded, file.Sha256, name, Head: null, Refusal: null, new VersionFigures()),
            bytes, cancellation);
    }

    /// <summary>Reads flat, graded and noisy faces with it, twice in a row; null where every answer makes sense.</summary>
    private static string? Misbehavior(EmotionNet net)
    {
        var random = new Random(7);
        byte[][] faces =
        [
            new byte[Rows], [.. Enumerable.Repeat((byte)255, Rows)], [.. Enumerable.Range(0, Rows).Select(i => (byte)(i % EmotionModelShape.FaceSide * 5))],
            [.. Enumerable.Range(0, Rows).Select(_ => (byte)random.Next(256))],
        ];
        var reading = new EmotionReading(net.Shape.EmbeddingSize);
        foreach (var face in faces)
        {
            var state = new RecurrentState(net.Shape.StateSize);
            for (var step = 0; step < 2; step++)
            {
                net.Batch.Add(face, 0.1f * step, state);
                net.Run();
                net.Batch.Read(0, reading);
                net.Batch.Clear();
                if (Problem(reading, state) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static string? Problem(EmotionReading reading, RecurrentState state) =>
        !IsDistribution(reading.Emotions) ? "its 'emotions' are not probabilities."
        : !IsDistribution(reading.Still) ? "its 'still' are not probabilities."
        : reading.Embedding.Concat(reading.Maps).Concat(state.Hidden).Concat(state.Cell).All(float.IsFinite) ? null
        : "it answers with numbers that are not finite.";

    private static bool IsDistribution(float[] shares) =>
        shares.All(share => float.IsFinite(share) && share >= 0) && Math.Abs(shares.Sum() - 1) <= Tolerance;
}
