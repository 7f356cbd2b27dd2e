using EmotionStream.Recommendations;
using EmotionStream.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Recommendations;

/// <summary>Following the catalog's file while the server runs, one look after the other.</summary>
public sealed class CatalogFileTests : IDisposable
{
    private readonly Degradations _degradations = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catalog");

    private string FilePath => Path.Combine(_folder.FullName, "own.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AChangedFile_TakesThePlaceOfTheOld_OnceItHoldsStill()
    {
        Write("first");
        var file = Open();

        Write("second!");
        file.Look();
        Assert.Equal("first", TitleOf(file));
        file.Look();

        Assert.Equal("second!", TitleOf(file));
    }

    [Fact]
    public void ABrokenFile_LeavesTheOldInUse_AndIsToldUntilMended()
    {
        Write("first");
        var file = Open();

        File.WriteAllText(FilePath, "{ \"books\": [\n { \"title\": ");
        LookTwice(file);
        Assert.Equal("first", TitleOf(file));
        Assert.Contains("line 2", _degradations.ToString(), StringComparison.Ordinal);

        Write("mended");
        LookTwice(file);
        Assert.Equal("mended", TitleOf(file));
        Assert.False(_degradations.Any);
    }

    [Fact]
    public void ADeletedFile_LeavesTheOldInUse()
    {
        Write("first");
        var file = Open();

        File.Delete(FilePath);
        LookTwice(file);

        Assert.Equal("first", TitleOf(file));
        Assert.EndsWith("line 1: the file is gone.", _degradations.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileBehindALink_IsFollowedToo()
    {
        Write("first", "a.json");
        Write("second", "b.json");
        File.CreateSymbolicLink(FilePath, Path.Combine(_folder.FullName, "a.json"));
        var file = Open();

        File.Delete(FilePath);
        File.CreateSymbolicLink(FilePath, Path.Combine(_folder.FullName, "b.json"));
        LookTwice(file);

        Assert.Equal("second", TitleOf(file));
    }

    [Fact]
    public void AtTheStart_AMissingOrBrokenFile_IsAnError()
    {
        Assert.Throws<CatalogException>(Open);
        File.WriteAllText(FilePath, "{}\n");
        Assert.Contains("line 1", Assert.Throws<CatalogException>(Open).Message, StringComparison.Ordinal);
    }

    private static void LookTwice(CatalogFile file)
    {
        file.Look();
        file.Look();
    }

    private static string TitleOf(CatalogFile file) => Assert.Single(file.Catalog.Works).Title;

    private CatalogFile Open() =>
        new(Options.Create(new RecommendationsOptions { Catalogue = FilePath }), TimeProvider.System, _degradations, NullLogger<CatalogFile>.Instance);

    private void Write(string title, string name = "own.json") => File.WriteAllText(
        Path.Combine(_folder.FullName, name),
        $$"""{ "books": [ { "title": "{{title}}", "year": 1999, "maker": "M", "link": "https://a.example/", "match": { "sad": 3 } } ] }""");
}
