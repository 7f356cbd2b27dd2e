namespace EmotionStream.Benchmarks;

/// <summary>What many measurements say together.</summary>
internal static class Percentiles
{
    public static double Median(IEnumerable<double> values) => Percentile([.. values], 0.5);

    public static double Percentile(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
}
