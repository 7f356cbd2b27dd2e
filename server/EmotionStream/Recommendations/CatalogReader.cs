using System.Globalization;
using System.Text.Json;
using EmotionStream.Contracts;

namespace EmotionStream.Recommendations;

/// <summary>Reads a catalog file, the rules of which catalogue.schema.json tells, and says on which line each mistake is.</summary>
internal sealed class CatalogReader
{
    public const int MaxTextLength = 200;
    public const int MaxLinkLength = 500;

    // These are fixed first; more would only scroll them away.
    private const int MaxProblems = 20;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private static readonly Dictionary<string, Medium> Lists =
        Enum.GetValues<Medium>().ToDictionary(medium => JsonNamingPolicy.CamelCase.ConvertName(medium.ToString()));

    private readonly List<CatalogProblem> _problems = [];
    private readonly List<Work> _works = [];
    private readonly Dictionary<(Medium, string), int> _lines = [];
    private readonly int _latestYear;

    private CatalogReader(int latestYear) => _latestYear = latestYear;

    /// <summary>The catalog, or the problems that the file has.</summary>
    public static (Catalog? Catalog, IReadOnlyList<CatalogProblem> Problems) Read(ReadOnlySpan<byte> utf8, int latestYear)
    {
        var reader = new CatalogReader(latestYear);
        try
        {
            reader.ReadFile(LinedJson.Parse(utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8));
        }
        catch (JsonException broken)
        {
            reader.Complain((int)(broken.LineNumber ?? 0) + 1, "this is no JSON.");
        }
        catch (InvalidOperationException)
        {
            // What the reader says of a text that is no UTF-8; it does not know the place.
            reader.Complain(1, "the file is no UTF-8 text.");
        }

        return reader._problems.Count == 0
            ? (new Catalog(reader._works), [])
            : (null, [.. reader._problems.OrderBy(problem => problem.Line).Take(MaxProblems)]);
    }

    private void ReadFile(LinedJson file)
    {
        foreach (var (name, line, value) in Members(file))
        {
            if (Lists.TryGetValue(name, out var medium))
            {
                ReadList(medium, value);
            }
            else if (name != "$schema")
            {
                Complain(line, $"'{name}' is not known; a catalog has {string.Join(", ", Lists.Keys)}.");
            }
        }

        if (_works.Count == 0 && _problems.Count == 0)
        {
            Complain(file.Line, "there is no work in it.");
        }
    }

    private void ReadList(Medium medium, LinedJson list)
    {
        if (list.Kind != JsonTokenType.StartArray)
        {
            Complain(list.Line, "this should be a list of works.");
        }

        foreach (var item in list.Items)
        {
            ReadWork(medium, item);
        }
    }

    private void ReadWork(Medium medium, LinedJson item)
    {
        var before = _problems.Count;
        var (title, maker, link, year) = (string.Empty, string.Empty, string.Empty, 0);
        var (match, change) = (new byte[EmotionLabels.All.Count], new byte[EmotionLabels.All.Count]);
        HashSet<string> missing = ["title", "year", "maker", "link"];
        foreach (var (name, line, value) in Members(item))
        {
            missing.Remove(name);
            switch (name)
            {
                case "title":
                    title = ReadText(name, value);
                    break;
                case "maker":
                    maker = ReadText(name, value);
                    break;
                case "link":
                    link = ReadLink(value);
                    break;
                case "year":
                    year = ReadNumber(name, value, 1, _latestYear);
                    break;
                case "match":
                    ReadWeights(value, match);
                    break;
                case "change":
                    ReadWeights(value, change);
                    break;
                default:
                    Complain(line, $"'{name}' is not known; a work has title, year, maker, link, match, change.");
                    break;
            }
        }

        foreach (var name in missing)
        {
            Complain(item.Line, $"the work has no {name}.");
        }

        if (_problems.Count == before && match.Concat(change).All(weight => weight == 0))
        {
            Complain(item.Line, $"'{title}' suits nothing: it needs weights under match or change.");
        }

        if (_problems.Count == before && !_lines.TryAdd((medium, link), item.Line))
        {
            Complain(item.Line, $"'{title}' has the link of line {_lines[(medium, link)]}.");
        }

        _works.Add(new Work(medium, title, year, maker, link, match, change));
    }

    private IEnumerable<LinedMember> Members(LinedJson value)
    {
        if (value.Kind != JsonTokenType.StartObject)
        {
            Complain(value.Line, "this should be an object: { ... }.");
        }

        foreach (var twice in value.Members.GroupBy(member => member.Name).Where(same => same.Count() > 1))
        {
            Complain(twice.Last().Line, $"'{twice.Key}' is given twice.");
        }

        return value.Members.DistinctBy(member => member.Name);
    }

    private string ReadText(string name, LinedJson value)
    {
        if (value.Kind != JsonTokenType.String || string.IsNullOrWhiteSpace(value.Text) || value.Text.Length > MaxTextLength || value.Text.Any(char.IsControl))
        {
            Complain(value.Line, $"the {name} should be a text of 1 to {MaxTextLength} characters, without control characters.");
        }

        return value.Text;
    }

    /// <summary>Pages make it a link that people press, so it must not be a script or lead to a page that anyone on the way can change.</summary>
    private string ReadLink(LinedJson value)
    {
        var good = value.Kind == JsonTokenType.String && value.Text.Length <= MaxLinkLength &&
            Uri.TryCreate(value.Text, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps && link.UserInfo.Length == 0;
        if (!good)
        {
            Complain(value.Line, $"the link should be an https:// address of at most {MaxLinkLength} characters.");
        }

        return value.Text;
    }

    private void ReadWeights(LinedJson value, byte[] weights)
    {
        foreach (var (label, line, weight) in Members(value))
        {
            var place = EmotionLabels.All.ToList().IndexOf(label);
            if (place < 0)
            {
                Complain(line, $"'{label}' is no emotion; they are {string.Join(", ", EmotionLabels.All)}.");
                continue;
            }

            weights[place] = (byte)ReadNumber($"weight of {label}", weight, 1, Work.MaxWeight);
        }
    }

    private int ReadNumber(string name, LinedJson value, int least, int most)
    {
        if (value.Kind == JsonTokenType.Number && int.TryParse(value.Text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Complain(value.Line, $"the {name} should be a whole number from {least} to {most}.");
        return least;
    }

    private void Complain(int line, string text) => _problems.Add(new CatalogProblem(line, text));
}
