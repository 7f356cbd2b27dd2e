using System.Text.RegularExpressions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests;

/// <summary>Keeps the picture of the folders true: a folder uses only those below it. Between projects the compiler sees to it.</summary>
public partial class FolderDependencyTests
{
    // From the leaves up. Folders on one line do not know each other.
    public static TheoryData<string, string[][]> Projects => new()
    {
        {
            "EmotionStream.Faces",
            [["Decoding", "Telemetry", "Onnx"], ["Cropping", "Emotion"], ["Detection"], ["Tracking"], ["Pipeline"], ["Stills"]]
        },
        {
            "EmotionStream.Tools",
            [["Evaluation", "Analysis"]]
        },
        {
            "EmotionStream",
            [
                ["Telemetry", "Storage", "Limits"], ["Sessions"], ["History", "Corrections", "Models", "Videos"], ["Archive", "Learning", "Rooms", "Recommendations"],
                ["Hubs", "Api"], ["Cluster", "Edge"],
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryFolder_UsesOnlyFoldersBelow(string project, string[][] layers)
    {
        var levels = layers.SelectMany((layer, level) => layer.Select(folder => (folder, level))).ToDictionary();
        // With a using or a full name, or by the folder's name alone, which the project's own namespace allows.
        var uses = new Regex($@"(?:\b{Regex.Escape(project)}\.|(?<![\w.]))(?<folder>{string.Join('|', levels.Keys)})(?:\.[A-Z]|;)");
        List<string> problems = [];
        var seen = 0;
        foreach (var (folder, file) in Sources(project))
        {
            seen++;
            Assert.True(levels.ContainsKey(folder), $"The folder {folder} has no place in the picture yet.");
            foreach (Match use in uses.Matches(Comment().Replace(File.ReadAllText(file), "")))
            {
                var used = use.Groups["folder"].Value;
                if (used != folder && levels[used] >= levels[folder])
                {
                    problems.Add($"{folder}/{Path.GetFileName(file)} uses {used}");
                }
            }
        }

        Assert.Empty(problems);
        Assert.True(seen > 10, $"Only {seen} files of {project} were looked at.");
    }

    private static IEnumerable<(string Folder, string File)> Sources(string project)
    {
        var path = Path.Combine(Repository.Folder, "server", project);
        return from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar)[0]
            where folder is not ("bin" or "obj") && !folder.EndsWith(".cs", StringComparison.Ordinal)
            select (folder, file);
    }

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
