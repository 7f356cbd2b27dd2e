using System.Text.RegularExpressions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests;

/// <summary>Keeps the picture of the folders true: a folder uses only those below it.</summary>
public partial class FolderDependencyTests
{
    // From the leaves up. Folders on one line do not know each other.
    private static readonly string[][] Layers =
    [
        ["Contracts"],
        ["Frames", "Telemetry", "Onnx", "Storage"],
        ["Vision", "Inference"],
        ["Pipeline"],
        ["Sessions", "Stills"],
        ["History", "Feedback", "Videos"],
        ["Rooms", "Recommendations"],
        ["Hubs", "Api", "Evaluation", "Analysis"],
    ];

    [Fact]
    public void EveryFolder_UsesOnlyFoldersBelow()
    {
        var server = Path.Combine(Repository.Folder, "server", "EmotionStream");
        var levels = Layers.SelectMany((layer, level) => layer.Select(folder => (folder, level))).ToDictionary();
        List<string> problems = [];
        foreach (var file in Directory.EnumerateFiles(server, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(server, file).Split(Path.DirectorySeparatorChar)[0];
            if (folder is "bin" or "obj" || folder.EndsWith(".cs", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.True(levels.ContainsKey(folder), $"The folder {folder} has no place in the picture yet.");
            foreach (Match use in NamespaceUse().Matches(File.ReadAllText(file)))
            {
                var used = use.Groups["folder"].Value;
                if (used != folder && levels.TryGetValue(used, out var level) && level >= levels[folder])
                {
                    problems.Add($"{folder}/{Path.GetFileName(file)} uses {used}");
                }
            }
        }

        Assert.Empty(problems);
    }

    [GeneratedRegex(@"EmotionStream\.(?<folder>[A-Z]\w+)")]
    private static partial Regex NamespaceUse();
}
