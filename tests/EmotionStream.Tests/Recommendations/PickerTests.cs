using EmotionStream.Contracts;
using EmotionStream.Recommendations;

namespace EmotionStream.Tests.Recommendations;

/// <summary>Which works a mood brings up, and how chance orders them.</summary>
public class PickerTests
{
    private const int Seeds = 400;

    private static readonly Catalog Catalog = new(
    [
        .. Enumerable.Range(0, 10).Select(i => CreateWork($"happy {i}", ("happy", 3))),
        .. Enumerable.Range(0, 10).Select(i => CreateWork($"sad {i}", ("sad", 3))),
        CreateWork("both", ("happy", 3), ("sad", 3)),
        CreateWork("little sad", ("sad", 1)),
        CreateWork("afraid", ("fear", 3)),
    ]);

    [Fact]
    public void OneSeed_GivesOneOrder_AndAnotherSeedAnother()
    {
        var mood = MoodOf(("happy", 1));

        Assert.Equal(Titles(mood, 7), Titles(mood, 7));
        Assert.NotEqual(Titles(mood, 7), Titles(mood, 8));
        Assert.Equal(Titles(mood, 7).Order(), Titles(mood, 8).Order());
    }

    [Fact]
    public void EveryFittingWork_ComesFirstForSomeSeed()
    {
        var firsts = Enumerable.Range(0, Seeds).Select(seed => Titles(MoodOf(("happy", 1)), seed)[0]).ToHashSet();

        Assert.Equal(11, firsts.Count);
    }

    [Fact]
    public void ATie_BringsBothFeelings_AndFirstOfAllWhatSuitsBoth()
    {
        var firsts = Enumerable.Range(0, Seeds).Select(seed => Titles(MoodOf(("happy", 1), ("sad", 1)), seed)[0]).ToList();

        var (happy, sad, both) = (firsts.Count(IsHappy), firsts.Count(IsSad), firsts.Count(title => title == "both"));
        // Of 24 parts of chance 10 are happy, 10 sad and 4 both; a tenth of the draws is five standard deviations and more.
        Assert.InRange(happy, Seeds * 10 / 24 - Seeds / 10, Seeds * 10 / 24 + Seeds / 10);
        Assert.InRange(sad, Seeds * 10 / 24 - Seeds / 10, Seeds * 10 / 24 + Seeds / 10);
        Assert.InRange(both, Seeds * 4 / 24 - Seeds / 10, Seeds * 4 / 24 + Seeds / 10);
    }

    [Fact]
    public void AMixedMood_ShowsItsLesserPartToo_ButNotItsTraces()
    {
        var mood = MoodOf(("happy", 0.7), ("sad", 0.27), ("fear", 0.03));
        var firstFives = Enumerable.Range(0, Seeds).SelectMany(seed => Titles(mood, seed).Take(5)).ToList();

        Assert.InRange(firstFives.Count(IsSad), Seeds / 10, firstFives.Count(IsHappy) / 2);
        Assert.DoesNotContain("afraid", Titles(mood, 1));
        Assert.Contains("sad 0", Titles(mood, 1));
    }

    [Fact]
    public void TheBetterFit_IsFirstMoreOften()
    {
        var catalog = new Catalog([CreateWork("well", ("sad", 2)), CreateWork("a little", ("sad", 1))]);

        var well = Enumerable.Range(0, Seeds).Count(seed => Picker.Order(catalog, Medium.Books, MoodOf(("sad", 1)), RecommendationMode.Match, seed)[0].Title == "well");

        Assert.InRange(well, Seeds * 0.7, Seeds * 0.9);
    }

    [Fact]
    public void ANewWork_LeavesTheOthersOrderAsItWas()
    {
        var more = new Catalog([CreateWork("new", ("happy", 2)), .. Catalog.Works]);
        var order = Picker.Order(more, Medium.Books, MoodOf(("happy", 1)), RecommendationMode.Match, 7).Select(work => work.Title);

        Assert.Equal(Titles(MoodOf(("happy", 1)), 7), order.Where(title => title != "new"));
    }

    [Fact]
    public void EachWork_SaysWhichFeelingSpokeForIt()
    {
        var order = Picker.Order(Catalog, Medium.Books, MoodOf(("happy", 0.4), ("sad", 0.6)), RecommendationMode.Match, 1);

        Assert.All(order, work => Assert.Equal(IsHappy(work.Title) ? "happy" : "sad", work.For));
    }

    [Fact]
    public void ToChange_UsesTheOtherWeights_AndAnotherKindHasNone()
    {
        Assert.Empty(Picker.Order(Catalog, Medium.Books, MoodOf(("happy", 1)), RecommendationMode.Change, 1));
        Assert.Empty(Picker.Order(Catalog, Medium.Songs, MoodOf(("happy", 1)), RecommendationMode.Match, 1));
    }

    [Theory]
    [InlineData("happy", 0)]
    [InlineData("happy", -1)]
    [InlineData("happy", double.NaN)]
    [InlineData("happy", double.PositiveInfinity)]
    [InlineData("joy", 1)]
    public void AMoodThatIsNone_IsRefused(string label, double weight)
    {
        Assert.False(Mood.TryCreate(new Dictionary<string, double> { [label] = weight }, out _));
    }

    [Fact]
    public void AMoodOfAnySize_AddsUpToOne()
    {
        Assert.Equal(0.25, MoodOf(("happy", double.MaxValue), ("sad", double.MaxValue), ("fear", double.MaxValue), ("angry", double.MaxValue)).Shares["sad"], 9);
        Assert.Equal(0.2, MoodOf(("happy", 1e-300), ("sad", 4e-300)).Shares["happy"], 9);
    }

    private static bool IsHappy(string title) => title.StartsWith("happy", StringComparison.Ordinal);

    private static bool IsSad(string title) => title.StartsWith("sad", StringComparison.Ordinal);

    private static List<string> Titles(Mood mood, int seed) =>
        [.. Picker.Order(Catalog, Medium.Books, mood, RecommendationMode.Match, seed).Select(work => work.Title)];

    private static Mood MoodOf(params (string Label, double Weight)[] weights)
    {
        Assert.True(Mood.TryCreate(weights.ToDictionary(pair => pair.Label, pair => pair.Weight), out var mood));
        return mood;
    }

    private static Work CreateWork(string title, params (string Label, byte Weight)[] match)
    {
        var weights = match.ToDictionary(pair => pair.Label, pair => pair.Weight);
        return new Work(Medium.Books, title, 1999, "M", $"https://a.example/{title}", [.. EmotionLabels.All.Select(label => weights.GetValueOrDefault(label))], new byte[8]);
    }
}
