using EmotionStream.Recommendations;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Catalogues of recommendations, as an operator's mistake or a broken disk would leave them.</summary>
internal sealed class CatalogueTarget : FuzzTarget
{
    private const int LatestYear = 2027;
    private const int MostProblems = 20;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "recommendations", "catalogue.json")),
        [.. """
            {
              "$schema": "catalogue.schema.json",
              "movies": [
                { "title": "One", "year": 1999, "maker": "Somebody", "link": "https://example.org/1", "match": { "happy": 3 }, "change": { "sad": 1 } },
                { "title": "Zwölf \u00e9", "year": 2001, "maker": "Another", "link": "https://example.org/2", "change": { "angry": 2, "fear": 1 } }
              ],
              "songs": [], "books": [{ "title": "Three", "year": 1, "maker": "X", "link": "https://example.org/3", "match": { "neutral": 1 } }]
            }
            """u8],
        [0xEF, 0xBB, 0xBF, .. """{"movies":[{"title":"A","year":2000,"maker":"B","link":"https://a.b/c","match":{"contempt":1}}]}"""u8],
    ];

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "\"movies\":", "\"songs\"", "\"books\"", "\"title\":\"\"", "\"year\":1e9", "\"year\":-1", "\"link\":\"javascript:1\"", "\"match\":{}", "\"happy\":3", "[[[[", "{{", "}", "]", ",", "null", "true", "\\u0000", "\\ud800", "\n", "1e400" }
            .Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public override Task<string?> TryAsync(byte[] input)
    {
        var (catalogue, problems) = CatalogReader.Read(input, LatestYear);
        var sound = catalogue is null
            ? problems.Count is > 0 and <= MostProblems && problems.All(problem => problem.Line > 0)
            : problems.Count == 0 && catalogue.Works.All(work => work.Link.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(sound ? null : "neither a catalogue nor problems, or a work whose link is none");
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
