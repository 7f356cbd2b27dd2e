using System.IO.Compression;
using System.Text.Json;
using EmotionStream.Tests.Kit;
using EmotionStream.Tests.Vision;
using EmotionStream.Tools;

namespace EmotionStream.Tests.Evaluation;

public sealed class EvaluationCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evaluate");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Evaluate_OfALabeledFolder_CountsEveryPictureInTextAndJson()
    {
        Add("happy", "face.jpg", TestPictures.Face("happy"));
        Add("Neutral", "face.JPG", TestPictures.Face("neutral"));
        Add("sadness", "pattern.png", PngWriter.Gray(48, 48, (x, y) => (5 * x) ^ (7 * y)));
        Add("sadness", "notes.txt", "not a picture"u8.ToArray());
        var json = Path.Combine(_folder.FullName, "report.json");

        var exitCode = await RunAsync("evaluate", "--data", _folder.FullName, "--with-detection", "--json", json);

        Assert.True(exitCode == 0, _errors.ToString());
        Assert.Contains("3 labeled pictures", _output.ToString());
        var report = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        Assert.Equal(3, report.GetProperty("pictures").GetInt32());
        Assert.Equal("happy", report.GetProperty("labels")[1].GetString());
        var ready = report.GetProperty("readyMade").GetProperty("emotions");
        int[] truths = [.. ready.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Sum(cell => cell.GetInt32()))];
        Assert.Equal([1, 1, 0, 1, 0, 0, 0, 0], truths);
        var detected = report.GetProperty("withDetection");
        Assert.Equal(2, detected.GetProperty("found").GetInt32());
        Assert.Equal(1, detected.GetProperty("notFound").GetInt32());
        Assert.Equal(2, detected.GetProperty("emotions").GetProperty("confusion")[1].EnumerateArray().Sum(cell => cell.GetInt32())
            + detected.GetProperty("emotions").GetProperty("confusion")[0].EnumerateArray().Sum(cell => cell.GetInt32()));
        Assert.Contains("3 of 3", _errors.ToString());
    }

    [Fact]
    public async Task Evaluate_OfAFerPlusPack_CountsWhatTheProtocolCounts()
    {
        var pack = WritePack(
            "image,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,not_a_face",
            "a.png,0,9,0,0,0,1,0,0,0,0",
            "b.png,5,5,0,0,0,0,0,0,0,0");

        Assert.Equal(0, await RunAsync("evaluate", "--data", pack));

        Assert.Contains("1 labeled pictures", _output.ToString());
    }

    [Fact]
    public async Task Evaluate_OfSequences_ComparesSingleFramesAveragesAndTheAnswerOverTime()
    {
        foreach (var (sequence, shown) in ((string, string)[])[("person1-happy", "happy"), ("surprise/person2", "surprise")])
        {
            for (var frame = 0; frame < 20; frame++)
            {
                Add(sequence, $"{frame:00}.jpg", TestPictures.Face(frame < 8 ? "neutral" : shown));
            }
        }

        var (json, plot) = (Path.Combine(_folder.FullName, "report.json"), Path.Combine(_folder.FullName, "plot.svg"));

        var exitCode = await RunAsync("evaluate", "--sequences", _folder.FullName, "--fps", "10", "--json", json, "--svg", plot);

        Assert.True(exitCode == 0, _errors.ToString());
        var report = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        Assert.Equal(2, report.GetProperty("sequences").GetInt32());
        var methods = report.GetProperty("methods").EnumerateArray().ToArray();
        Assert.Equal(3, methods.Length);
        Assert.Equal("single frame", methods[0].GetProperty("method").GetString());
        Assert.StartsWith("average over", methods[1].GetProperty("method").GetString());
        Assert.Equal("over time", methods[2].GetProperty("method").GetString());
        Assert.All(methods, method => Assert.Equal((1, 1), (method.GetProperty("start").GetDouble(), method.GetProperty("end").GetDouble())));
        Assert.InRange(methods[2].GetProperty("settledAfter").GetDouble(), 0.8, 1.5);
        Assert.Equal(3, System.Xml.Linq.XDocument.Load(plot).Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.Contains("2 sequences, 0 without a face, 10 frames a second", _output.ToString());
    }

    [Fact]
    public async Task Evaluate_OfASequenceWithoutALabel_NamesIt()
    {
        Add("nameless", "0.jpg", TestPictures.Face("happy"));
        Add("nameless", "1.jpg", TestPictures.Face("happy"));

        Assert.NotEqual(0, await RunAsync("evaluate", "--sequences", _folder.FullName));

        Assert.Contains("The sequence nameless has no label", _errors.ToString());
    }

    [Fact]
    public async Task Evaluate_UnderTheBalancedPrior_ReadsTheRarerExpressionsMore()
    {
        Add("angry", "face.jpg", TestPictures.Face("angry"));
        double[] certainties = new double[2];
        foreach (var (n, prior) in ((int, string[])[])[(0, []), (1, ["--balanced"])])
        {
            var json = Path.Combine(_folder.FullName, $"report{n}.json");
            Assert.Equal(0, await RunAsync(["evaluate", "--data", _folder.FullName, "--json", json, "--precision", "float", .. prior]));
            var still = JsonDocument.Parse(File.ReadAllText(json)).RootElement.GetProperty("readyMade").GetProperty("still");
            certainties[n] = still.GetProperty("calibration")[0].GetProperty("certainty").GetDouble();
        }

        Assert.NotEqual(certainties[0], certainties[1]);
    }

    [Theory]
    [InlineData("Give either --data or --sequences", "evaluate")]
    [InlineData("Give either --data or --sequences", "evaluate", "--data", "x", "--sequences", "y")]
    [InlineData("--prior is auto, everyday or balanced, not 'usual'", "evaluate", "--data", "x", "--prior", "usual")]
    [InlineData("'--dota'", "evaluate", "--dota", "x")]
    [InlineData("argument missing for option: '--data'", "evaluate", "--data")]
    [InlineData("A value is missing after --data", "evaluate", "--data", "--with-detection")]
    [InlineData("--crop is points or box, not 'oval'", "evaluate", "--data", "x", "--crop", "oval")]
    [InlineData("--roll is a number from -35 to 35, not '90'", "evaluate", "--data", "x", "--roll", "90")]
    [InlineData("--precision is auto, float or int8, not 'half'", "evaluate", "--data", "x", "--precision", "half")]
    [InlineData("'--data' is required", "evaluate-faces")]
    [InlineData("--threshold is a number from 0 to 1, not '2'", "evaluate-faces", "--data", "x", "--threshold", "2")]
    [InlineData("'--held-out' is required", "replay", "--train", "x")]
    public async Task Run_CalledWrongly_SaysWhatAndEndsWithTwo(string said, params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.Contains(said, _errors.ToString());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("There is no folder or file /no/such", "evaluate", "--data", "/no/such")]
    [InlineData("There is no folder /no/such", "evaluate", "--sequences", "/no/such")]
    [InlineData("labels.jsonl", "evaluate-faces", "--data", "/no/such")]
    public async Task Run_OfDataThatAreNotThere_SaysWhatAndFails(string said, params string[] args)
    {
        Assert.Equal(1, await RunAsync(args));
        Assert.Contains(said, _errors.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Evaluate_OfAnUnknownLabel_NamesIt()
    {
        Add("bored", "a.png", PngWriter.Gray(48, 48, (_, _) => 0));

        Assert.Equal(1, await RunAsync("evaluate", "--data", _folder.FullName));
        Assert.Contains("'bored'", _errors.ToString());
    }

    [Fact]
    public async Task Evaluate_OfAnEmptyFolder_SaysWhatItShouldHave()
    {
        Assert.Equal(1, await RunAsync("evaluate", "--data", _folder.FullName));
        Assert.Contains("no sub-folder", _errors.ToString());
    }

    [Fact]
    public async Task Evaluate_OfABrokenPicture_NamesIt()
    {
        Add("happy", "broken.png", PngWriter.Gray(48, 48, (x, _) => x)[..60]);

        Assert.Equal(1, await RunAsync("evaluate", "--data", _folder.FullName));
        Assert.Contains($"happy{Path.DirectorySeparatorChar}broken.png can't be read", _errors.ToString());
    }

    [Fact]
    public async Task Evaluate_OfAModelThatIsNotThere_NamesIt()
    {
        Add("happy", "a.png", PngWriter.Gray(48, 48, (x, _) => x));

        Assert.Equal(1, await RunAsync("evaluate", "--data", _folder.FullName, "--model", "models/none.onnx"));
        Assert.Contains("none.onnx", _errors.ToString());
    }

    [Theory]
    [InlineData("no FER+ pack", null)]
    [InlineData("columns", "image,neutral")]
    [InlineData("is not a name and 10 counts", "image,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,not_a_face", "a.png,x")]
    [InlineData("not in the pack", "image,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,not_a_face", "z.png,0,9,0,0,0,0,0,0,0,0")]
    public async Task Evaluate_OfABrokenPack_SaysWhatIsWrong(string said, params string[]? table)
    {
        Assert.Equal(1, await RunAsync("evaluate", "--data", WritePack(table ?? [])));
        Assert.Contains(said, _errors.ToString());
    }

    [Fact]
    public async Task EvaluateFaces_OfAMadeSet_FindsItsFaceAndLeavesTheEmptyPictureEmpty()
    {
        const string Label = """{"box":[112,62,96,120],"score":null,"points":null,"label":"without_mask"}""";
        const string Picture = $$"""{"file":"crowd/1.jpg","w":320,"h":240,"split":"test","source":"crowd","boxes":"human","faces":[{{Label}}]}""";
        File.WriteAllText(Path.Combine(_folder.FullName, "labels.jsonl"), Picture);
        WriteZip("images.zip", ("crowd/1.jpg", TestPictures.Face("neutral", faceSide: 120, width: 320, height: 240)));
        WriteZip("negatives.zip", ("test/1.jpg", TestPictures.Empty()), ("train/2.jpg", TestPictures.Empty()));
        var json = Path.Combine(_folder.FullName, "report.json");

        Assert.True(await RunAsync("evaluate-faces", "--data", _folder.FullName, "--json", json) == 0, _errors.ToString());

        var detector = JsonDocument.Parse(File.ReadAllText(json)).RootElement.GetProperty("detectors")[0];
        var everyone = detector.GetProperty("groups")[0];
        Assert.Equal(1, everyone.GetProperty("faces").GetInt32());
        Assert.Equal(1, everyone.GetProperty("recallAtThreshold").GetDouble());
        Assert.Equal(1, detector.GetProperty("negatives").GetInt32());
        Assert.Equal(1, detector.GetProperty("cleanNegatives").GetDouble());
        Assert.True(detector.GetProperty("milliseconds320").GetDouble() > 0);
    }

    private Task<int?> RunAsync(params string[] args) => CommandLine.TryRunAsync(args, _output, _errors);

    private void Add(string label, string name, byte[] file)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, label));
        File.WriteAllBytes(Path.Combine(folder.FullName, name), file);
    }

    private string WritePack(params string[] table)
    {
        var files = table.Length == 0 ? [] : new[] { ("labels.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', table))) };
        return WriteZip("pack.zip", [("a.png", PngWriter.Gray(48, 48, (x, y) => x + y)), .. files]);
    }

    private string WriteZip(string name, params (string Name, byte[] File)[] files)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, file) in files)
        {
            using var stream = zip.CreateEntry(entry).Open();
            stream.Write(file);
        }

        return path;
    }
}
