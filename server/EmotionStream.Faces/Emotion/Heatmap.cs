using System.Numerics.Tensors;

namespace EmotionStream.Faces.Emotion;

/// <summary>Shows where in the face's crop a label was seen.</summary>
internal static class Heatmap
{
    private const int Cells = EmotionReading.MapSide * EmotionReading.MapSide;

    /// <summary>The label's class map, row by row, stretched to 0..1; a map without any contrast is all zero.</summary>
    public static float[] Of(EmotionReading reading, int label)
    {
        var map = reading.Maps.AsSpan(label * Cells, Cells);
        var (lowest, highest) = (TensorPrimitives.Min<float>(map), TensorPrimitives.Max<float>(map));
        var heat = new float[Cells];
        if (highest > lowest)
        {
            TensorPrimitives.Subtract(map, lowest, heat);
            TensorPrimitives.Divide(heat, highest - lowest, heat);
        }

        return heat;
    }
}
