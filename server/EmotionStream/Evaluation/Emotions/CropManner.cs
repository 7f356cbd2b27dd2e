using System.Globalization;

namespace EmotionStream.Evaluation.Emotions;

/// <summary>How faces are put into frames and cut out of them.</summary>
/// <param name="UsesPoints">Levelled by their five points, as the server does, rather than a square around the box.</param>
/// <param name="Roll">By how many degrees ready-made crops lean in their frame.</param>
internal readonly record struct CropManner(bool UsesPoints, double Roll)
{
    // The most that the detector is trained for.
    private const double MostRoll = 35;

    public string Name => UsesPoints ? "points" : "box";

    public static CropManner Parse(string crop, string roll)
    {
        if (crop is not ("points" or "box"))
        {
            throw new EvaluationException($"--crop is points or box, not '{crop}'.");
        }

        return double.TryParse(roll, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= MostRoll
            ? new CropManner(crop == "points", degrees)
            : throw new EvaluationException($"--roll is a number of degrees from -{MostRoll} to {MostRoll}, not '{roll}'.");
    }
}
