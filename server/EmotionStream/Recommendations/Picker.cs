using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Contracts;

namespace EmotionStream.Recommendations;

/// <summary>Puts the works that suit a mood in an order that chance makes and the better fit favors.</summary>
/// <remarks>
/// Drawing without replacement by weight after Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (2006): each work
/// gets -ln(u) / weight, the smallest come first. Chance comes from the seed and the work's own link, so an order is repeatable and
/// a work that is added to the catalog leaves the others' order as it was.
/// </remarks>
internal static class Picker
{
    // Below this part of the best fit a work suits only what the mood has traces of.
    private const double LeastFit = 0.15;

    public static IReadOnlyList<Recommendation> Order(Catalog catalog, Medium medium, Mood mood, RecommendationMode mode, int seed)
    {
        var fits = catalog.Works.Where(work => work.Medium == medium).Select(work => (Work: work, Fit: mood.Fit(work.Weights(mode)))).ToList();
        var least = fits.Select(fit => fit.Fit).DefaultIfEmpty().Max() * LeastFit;
        return
        [
            .. fits
                .Where(fit => fit.Fit > 0 && fit.Fit >= least)
                // Squared: of two works the one that suits twice as well comes first four times in five.
                .OrderBy(fit => -Math.Log(Chance(seed, fit.Work.Link)) / (fit.Fit * fit.Fit))
                .Select(fit => Recommend(fit.Work, mood.MainReason(fit.Work.Weights(mode)))),
        ];
    }

    private static Recommendation Recommend(Work work, string reason) => new(work.Medium, work.Title, work.Year, work.Maker, work.Link, reason);

    /// <summary>Above 0 and up to 1, evenly spread.</summary>
    private static double Chance(int seed, string link)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {link}"), hash);
        return ((BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) + 1) * Math.ScaleB(1, -53);
    }
}
