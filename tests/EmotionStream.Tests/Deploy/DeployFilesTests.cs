using System.Text.RegularExpressions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Deploy;

/// <summary>The files in deploy/ name figures and settings that the server has.</summary>
public partial class DeployFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Folder, "deploy");

    private static readonly string[] HistogramParts = ["_bucket", "_sum", "_count"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Golden/metrics.txt has every figure of ours, which MetricsTests holds against a running server; the runtime's are asked of one.</summary>
    [Fact]
    public async Task Grafana_AlertsAndScaling_NameFiguresThatTheServerHas()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        var types = Type().Matches(
            await http.GetStringAsync("/metrics", Cancellation) + await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "metrics.txt"), Cancellation));
        var known = types.SelectMany(type => type.Groups["kind"].Value == "histogram" ? HistogramParts.Select(part => type.Groups["name"].Value + part) : [type.Groups["name"].Value])
            .ToHashSet();

        foreach (var file in (string[])["grafana/emotionstream.json", "grafana/alerts.yaml", "kubernetes/base/scaling.yaml"])
        {
            var named = Figure().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, file), Cancellation)).Select(match => match.Value).ToHashSet();
            Assert.NotEmpty(named);
            Assert.Empty(named.Except(known));
        }
    }

    /// <summary>Sections that the table of docs/operating.md does not have are the framework's, such as Logging.</summary>
    [Fact]
    public async Task Settings_AreThoseThatTheServerHas()
    {
        var known = Setting().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "docs", "operating.md"), Cancellation))
            .Select(row => row.Groups[1].Value).ToHashSet();
        var sections = known.Select(name => name.Split(':')[0]).ToHashSet();

        var set = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .SelectMany(file => Variable().Matches(File.ReadAllText(file)))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Where(name => sections.Contains(name.Split(':')[0]))
            .ToHashSet();

        Assert.Contains("Storage:Postgres", set);
        Assert.Empty(set.Except(known));
    }

    [GeneratedRegex(@"^# TYPE (?<name>\w+) (?<kind>\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"\b(emotionstream|dotnet|process|http)_[a-z_]+\b")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^\| `([A-Z]\w+:[\w:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__[A-Za-z]\w*")]
    private static partial Regex Variable();
}
