using System.Text;
using EmotionStream.Contracts;
using EmotionStream.Recommendations;

namespace EmotionStream.Tests.Recommendations;

/// <summary>Reading an operator's own catalog: what is right in it, and where it is wrong.</summary>
public class CatalogReaderTests
{
    private const string Good = """{ "title": "T", "year": 1999, "maker": "M", "link": "https://a.example/t", "match": { "sad": 3 }, "change": { "angry": 1 } }""";

    [Fact]
    public void AGoodFile_GivesItsWorks()
    {
        var (catalog, problems) = Read($$"""{ "$schema": "catalogue.schema.json", "books": [], "songs": [ {{Good}} ] }""");

        Assert.Empty(problems);
        var work = Assert.Single(catalog!.Works);
        Assert.Equal((Medium.Songs, "T", 1999, "M", "https://a.example/t"), (work.Medium, work.Title, work.Year, work.Maker, work.Link));
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 0], work.Match);
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 0], work.Change);
    }

    [Fact]
    public void AByteOrderMark_IsNoMistake()
    {
        var (catalog, _) = CatalogReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($$"""{ "songs": [{{Good}}] }""")], 2030);

        Assert.NotNull(catalog);
    }

    [Theory]
    [InlineData("\"title\": \"T\"", "\"title\": \"\"", "title")]
    [InlineData("\"title\": \"T\"", "\"title\": 7", "title")]
    [InlineData("\"title\": \"T\"", "\"title\": \"a\\u0007b\"", "title")]
    [InlineData("\"title\": \"T\", ", "", "no title")]
    [InlineData("\"maker\": \"M\", ", "", "no maker")]
    [InlineData("\"maker\": \"M\"", "\"maker\": null", "maker")]
    [InlineData("1999", "0", "year")]
    [InlineData("1999", "2031", "year")]
    [InlineData("1999", "19.5", "year")]
    [InlineData("1999", "\"1999\"", "year")]
    [InlineData("https://a.example/t", "javascript:alert(1)", "link")]
    [InlineData("https://a.example/t", "http://a.example/t", "link")]
    [InlineData("https://a.example/t", "https://user:word@a.example/", "link")]
    [InlineData("https://a.example/t", "t.html", "link")]
    [InlineData("\"sad\": 3", "\"sadness\": 3", "'sadness' is no emotion")]
    [InlineData("\"sad\": 3", "\"sad\": 4", "weight of sad")]
    [InlineData("\"sad\": 3", "\"sad\": 3, \"sad\": 2", "'sad' is given twice")]
    [InlineData("{ \"sad\": 3 }", "[3]", "object")]
    [InlineData("\"match\": { \"sad\": 3 }, \"change\": { \"angry\": 1 }", "\"match\": {}", "suits nothing")]
    [InlineData("\"year\"", "\"yaer\"", "'yaer' is not known")]
    public void AMistake_IsNamedWithItsLine(string right, string wrong, string named)
    {
        var broken = Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);

        var (catalog, problems) = Read("{\n\n \"books\": [\n" + broken + "\n] }");

        Assert.Null(catalog);
        Assert.Contains(problems, problem => problem.Line == 4 && problem.Text.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 1, "no JSON")]
    [InlineData("{\n\"books\": [\n", 3, "no JSON")]
    [InlineData("{\n\"books\": [],\n}", 3, "no JSON")]
    [InlineData("{}\n{}", 2, "no JSON")]
    [InlineData("[]", 1, "object")]
    [InlineData("{}", 1, "no work")]
    [InlineData("{\n\"films\": []}", 2, "'films' is not known")]
    [InlineData("{\n\"books\": {}}", 2, "list")]
    [InlineData("{\"books\": [\n7]}", 2, "object")]
    [InlineData("{\"books\": [],\n\"books\": []}", 2, "given twice")]
    public void AFileOfAnotherForm_IsRefusedWithTheLine(string text, int line, string named)
    {
        var (catalog, problems) = Read(text);

        Assert.Null(catalog);
        Assert.Contains(problems, problem => problem.Line == line && problem.Text.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void ALinkThatIsThereTwice_IsToldWithBothLines()
    {
        var (_, problems) = Read($"{{\"books\": [\n{Good},\n{Good.Replace("\"T\"", "\"Another\"", StringComparison.Ordinal)}]}}");

        var problem = Assert.Single(problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains("line 2", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenBytes_AreRefused()
    {
        Assert.NotEmpty(CatalogReader.Read([.. "{\"books\": [{\"title\": \""u8, 0xFF, 0xFE, .. "\"}]}"u8], 2030).Problems);
        Assert.NotEmpty(Read(new string('[', 100_000)).Problems);
        Assert.NotEmpty(Read("{\"books\": [{\"title\": \"\\ud800\"}]}").Problems);
    }

    [Fact]
    public void AThousandMistakes_AreNotAllTold()
    {
        var (_, problems) = Read("{\"books\": [" + string.Join(",\n", Enumerable.Repeat("7", 1000)) + "]}");

        Assert.InRange(problems.Count, 1, 50);
    }

    private static (Catalog? Catalog, IReadOnlyList<CatalogProblem> Problems) Read(string text) => CatalogReader.Read(Encoding.UTF8.GetBytes(text), 2030);
}
