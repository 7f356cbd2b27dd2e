using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests;

/// <summary>NOTICE names what is shipped, and nothing else, under its own license.</summary>
public partial class NoticeTests
{
    private static readonly string[] Shipped = ["EmotionStream", "EmotionStream.Contracts", "EmotionStream.Faces", "EmotionStream.Tools"];

    [Theory]
    [InlineData("packages.lock.json")]
    [InlineData("packages.gpu.lock.json")]
    public void Notice_NamesEveryPackageOfTheServer_UnderItsLicense(string lockFile)
    {
        var listed = Listed("Shipped with the server (NuGet)");
        var packages = Shipped.SelectMany(project => Packages(Path.Combine(Repository.Folder, "server", project, lockFile))).ToHashSet();

        Assert.NotEmpty(packages);
        foreach (var (name, version) in packages)
        {
            var licenses = listed.Where(pair => Fits(name, pair.Name)).Select(pair => pair.License).ToList();
            Assert.True(licenses.Count == 1, $"NOTICE names {name} {licenses.Count} times.");
            Assert.Equal(LicenseOf(name, version) ?? licenses[0], licenses[0]);
        }

        Assert.All(listed, pair => Assert.Contains(packages, package => Fits(package.Name, pair.Name)));
    }

    [Fact]
    public void Notice_NamesEveryPackageOfThePages_UnderItsLicense()
    {
        var bundled = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "wwwroot", "dist"), "*.map", SearchOption.AllDirectories)
            .SelectMany(map => Bundled().Matches(File.ReadAllText(map)).Select(match => match.Groups[1].Value)).Distinct();
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "package-lock.json")));
        var licenses = json.RootElement.GetProperty("packages");

        Assert.Equal(
            bundled.Select(name => (licenses.GetProperty("node_modules/" + name).GetProperty("license").GetString()!, name)).Order(),
            Listed("Shipped with the pages (npm)").Order());
    }

    /// <summary>The names under a heading, each with the license before it; a line that goes on is indented.</summary>
    private static List<(string License, string Name)> Listed(string heading)
    {
        var notice = File.ReadAllText(Path.Combine(Repository.Folder, "NOTICE"));
        var start = notice.IndexOf(heading, StringComparison.Ordinal) + heading.Length;
        var section = notice[start..notice.IndexOf("\n\n", start, StringComparison.Ordinal)].Replace("\n    ", " ", StringComparison.Ordinal);
        return [.. section.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line =>
            line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',').Select(name => (line[..line.IndexOf(':', StringComparison.Ordinal)].Trim(), name.Trim())))];
    }

    private static IEnumerable<(string Name, string Version)> Packages(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(lockFile));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!))];
    }

    private static bool Fits(string name, string listed) => listed.EndsWith('*') ? name.StartsWith(listed[..^1], StringComparison.Ordinal) : name == listed;

    /// <summary>What the package says itself; null where it has its license as a file only, or is not of this build.</summary>
    private static string? LicenseOf(string name, string version)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "server", "EmotionStream", "obj", "project.assets.json")));
        return assets.RootElement.GetProperty("packageFolders").EnumerateObject()
            .Select(folder => Path.Combine(folder.Name, name.ToLowerInvariant(), version.ToLowerInvariant(), name.ToLowerInvariant() + ".nuspec"))
            .Where(File.Exists)
            .Select(nuspec => XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value)
            .FirstOrDefault();
    }

    [GeneratedRegex(@"node_modules/((?:@[\w-]+/)?[\w.-]+)")]
    private static partial Regex Bundled();
}
