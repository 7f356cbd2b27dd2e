using EmotionStream.Contracts;

namespace EmotionStream.Recommendations;

/// <summary>A movie, song or book of the catalog.</summary>
/// <param name="Match">How well it keeps company with each label: 0 not at all, 1 a little, 2 well, 3 best.</param>
/// <param name="Change">How well it leads out of each label, in the same steps.</param>
internal sealed record Work(Medium Medium, string Title, int Year, string Maker, string Link, byte[] Match, byte[] Change)
{
    public const int MaxWeight = 3;

    public byte[] Weights(RecommendationMode mode) => mode == RecommendationMode.Match ? Match : Change;
}
