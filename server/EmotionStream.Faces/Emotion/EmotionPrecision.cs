namespace EmotionStream.Faces.Emotion;

/// <summary>How exactly the emotion model computes.</summary>
internal enum EmotionPrecision
{
    /// <summary>As <see cref="Int8"/> where the processor has instructions for it and the model its quantized copy, else as <see cref="Float"/>.</summary>
    Auto,

    /// <summary>In 32-bit floats: to four digits the same numbers everywhere.</summary>
    Float,

    /// <summary>Convolutions in 8-bit integers: nearly three times as fast, and the shares of the labels differ by half a point on average.</summary>
    Int8,
}
