namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>How faces are put into frames and cut out of them.</summary>
/// <param name="UsesPoints">Leveled by their five points, as the server does, rather than a square around the box.</param>
/// <param name="Roll">By how many degrees ready-made crops lean in their frame.</param>
internal readonly record struct CropManner(bool UsesPoints, double Roll)
{
    /// <summary>The most that the detector is trained for.</summary>
    public const double MostRoll = 35;

    public string Name => UsesPoints ? "points" : "box";
}
