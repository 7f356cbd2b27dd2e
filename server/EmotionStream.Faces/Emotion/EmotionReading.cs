using EmotionStream.Contracts;

namespace EmotionStream.Faces.Emotion;

/// <summary>What the emotion model says of one face in one frame.</summary>
/// <remarks>One per face slot, overwritten frame after frame.</remarks>
internal sealed class EmotionReading(int embeddingSize)
{
    public static int Labels => EmotionLabels.All.Count;
    public const int MapSide = 6;

    /// <summary>Probabilities judged over time, in label order.</summary>
    public float[] Emotions { get; } = new float[Labels];

    /// <summary>Probabilities from this frame alone.</summary>
    public float[] Still { get; } = new float[Labels];

    public float[] Embedding { get; } = new float[embeddingSize];

    /// <summary>Which model file the embedding is of; it means nothing to another.</summary>
    public string ModelSha256 { get; set; } = "";

    /// <summary>Class maps, label after label, row by row.</summary>
    public float[] Maps { get; } = new float[Labels * MapSide * MapSide];
}
