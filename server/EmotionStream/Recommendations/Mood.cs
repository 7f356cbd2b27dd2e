using System.Diagnostics.CodeAnalysis;
using EmotionStream.Contracts;

namespace EmotionStream.Recommendations;

/// <summary>A whole distribution over the labels, in shares that add up to 1.</summary>
internal sealed class Mood
{
    private readonly double[] _shares;

    private Mood(double[] shares) => _shares = shares;

    public IReadOnlyDictionary<string, double> Shares => EmotionLabels.All.Zip(_shares).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>How well a work suits: its weights, averaged over the mood.</summary>
    public double Fit(ReadOnlySpan<byte> weights)
    {
        var fit = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            fit += _shares[i] * weights[i];
        }

        return fit;
    }

    /// <summary>The label through which a work suits most.</summary>
    public string MainReason(ReadOnlySpan<byte> weights)
    {
        var best = 0;
        for (var i = 1; i < weights.Length; i++)
        {
            best = _shares[i] * weights[i] > _shares[best] * weights[best] ? i : best;
        }

        return EmotionLabels.All[best];
    }

    /// <summary>False unless there are only known labels, each with a finite weight that is not negative, and one above 0.</summary>
    public static bool TryCreate(IReadOnlyDictionary<string, double> weights, [NotNullWhen(true)] out Mood? mood)
    {
        mood = null;
        var shares = EmotionLabels.All.Select(label => weights.GetValueOrDefault(label)).ToArray();
        // Divided by the largest first: the sum of large numbers may not be finite.
        var largest = shares.Max();
        if (weights.Keys.Except(EmotionLabels.All).Any() || !shares.All(share => double.IsFinite(share) && share >= 0) || largest == 0)
        {
            return false;
        }

        var sum = shares.Sum(share => share / largest);
        mood = new Mood([.. shares.Select(share => share / largest / sum)]);
        return true;
    }
}
