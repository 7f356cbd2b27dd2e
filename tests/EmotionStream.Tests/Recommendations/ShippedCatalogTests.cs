using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Recommendations;

namespace EmotionStream.Tests.Recommendations;

/// <summary>What the repository's own catalog promises: enough for every mood, in good form.</summary>
public class ShippedCatalogTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "recommendations");

    private static IReadOnlyList<Work> Works { get; } = Read();

    [Fact]
    public void EveryEmotion_HasAtLeastEightWorksOfEachKind_ToMatchAndToChange()
    {
        var few =
            from medium in Enum.GetValues<Medium>()
            from mode in Enum.GetValues<RecommendationMode>()
            from label in Enumerable.Range(0, EmotionLabels.All.Count)
            let count = Works.Count(work => work.Medium == medium && work.Weights(mode)[label] > 0)
            where count < 8
            select $"{medium} to {mode} {EmotionLabels.All[label]}: {count}";

        Assert.Empty(few);
    }

    [Fact]
    public void EveryLink_IsAWikipediaArticle_AsItsAddressIsWritten()
    {
        Assert.All(Works, work =>
        {
            Assert.StartsWith("https://en.wikipedia.org/wiki/", work.Link, StringComparison.Ordinal);
            Assert.Equal(work.Link, new Uri(work.Link).AbsoluteUri);
            Assert.DoesNotContain("%20", work.Link, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void EveryYear_FitsItsKind()
    {
        Assert.All(Works, work => Assert.InRange(work.Year, EarliestYear(work.Medium), 2025));
    }

    [Fact]
    public void NoWork_IsThereTwice()
    {
        var twice = Works.GroupBy(work => (work.Medium, work.Title.ToUpperInvariant())).Where(same => same.Count() > 1).Select(same => same.Key);

        Assert.Empty(twice);
        Assert.Equal(Works.Count, Works.Select(work => work.Link).Distinct().Count());
    }

    [Fact]
    public void Lists_AreInTheOrderOfYears_SoThatANewWorkHasItsPlace()
    {
        Assert.All(Works.GroupBy(work => work.Medium), list => Assert.Equal(list.Select(work => work.Year).Order(), list.Select(work => work.Year)));
    }

    /// <summary>Editors check a catalog by the schema and the server by its reader: they must know the same names and bounds.</summary>
    [Fact]
    public void Schema_SaysWhatTheReaderChecks()
    {
        var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "catalogue.schema.json"))).RootElement;
        var parts = schema.GetProperty("$defs");
        var work = parts.GetProperty("work").GetProperty("properties");

        Assert.Equal(["$schema", .. Enum.GetNames<Medium>().Select(JsonNamingPolicy.CamelCase.ConvertName)], Names(schema.GetProperty("properties")));
        Assert.Equal(["title", "year", "maker", "link", "match", "change"], Names(work));
        Assert.Equal(EmotionLabels.All, Names(parts.GetProperty("weights").GetProperty("properties")));
        Assert.Equal(Work.MaxWeight, parts.GetProperty("weight").GetProperty("maximum").GetInt32());
        Assert.Equal(CatalogReader.MaxTextLength, parts.GetProperty("text").GetProperty("maxLength").GetInt32());
        Assert.Equal(CatalogReader.MaxLinkLength, work.GetProperty("link").GetProperty("maxLength").GetInt32());
    }

    private static IEnumerable<string> Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name);

    /// <summary>When films, records and novels as we know them began.</summary>
    private static int EarliestYear(Medium medium) => medium switch
    {
        Medium.Movies => 1895,
        Medium.Songs => 1900,
        _ => 1605,
    };

    private static IReadOnlyList<Work> Read()
    {
        var (catalog, problems) = CatalogReader.Read(File.ReadAllBytes(Path.Combine(Folder, "catalogue.json")), DateTime.UtcNow.Year);
        Assert.Empty(problems);
        return catalog!.Works;
    }
}
