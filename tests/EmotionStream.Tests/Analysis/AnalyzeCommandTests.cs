using System.Text.Json;
using EmotionStream.Tests.Kit;
using EmotionStream.Tools;
using Pictures = EmotionStream.Tests.Kit.PictureFiles;

namespace EmotionStream.Tests.Analysis;

/// <summary>`analyze FILE...` on real files, with the real models.</summary>
public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emotionstream-analyze-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Table_TellsOfEveryFace_AndChartsIt()
    {
        var happy = Write("happy.jpg", TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 240), ("surprise", 0.75, 0.5, 240)));
        var empty = Write("empty [0].png", TestPictures.Empty());

        Assert.Equal(0, await RunAsync(happy, empty));

        var text = _output.ToString();
        Assert.Contains("happy.jpg, face 1", text);
        Assert.Contains("happy.jpg, face 2", text);
        Assert.Contains("nobody", text);
        Assert.Matches(@"surprise +█+ [\d.]+ %", text);
        Assert.DoesNotContain('\u001b', text);
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task Json_IsWhatTheServerAnswers_WithTheFilesNames()
    {
        var happy = Write("happy.png", Pictures.Png("happy"));

        Assert.Equal(0, await RunAsync("--json", "--heatmap", happy));

        var image = JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("images")[0];
        var face = image.GetProperty("faces")[0];
        Assert.Equal((happy, 640), (image.GetProperty("file").GetString(), image.GetProperty("width").GetInt32()));
        Assert.Equal(("1", "happy"), (face.GetProperty("id").GetString(), face.GetProperty("dominant").GetString()));
        Assert.Equal(36, face.GetProperty("heatmap").GetArrayLength());
    }

    [Fact]
    public async Task File_ThatCantBeRead_IsToldOf_AndTheOthersGoOn()
    {
        var happy = Write("happy.jpg", Pictures.Jpeg("happy"));
        var broken = Write("broken\u001b[31m.jpg", Pictures.Jpeg("happy")[..^2000]);

        Assert.Equal(1, await RunAsync(broken, happy, Path.Combine(_folder.FullName, "none.jpg"), "--no-chart"));

        Assert.Contains("happy", _output.ToString());
        Assert.DoesNotContain("face 1", _output.ToString());
        Assert.Contains("broken?[31m.jpg: The picture is cut short or damaged.", _errors.ToString());
        Assert.Contains("none.jpg: The file can't be read", _errors.ToString());
    }

    [Fact]
    public async Task File_AfterTwoDashes_IsAFile_WhateverItLooksLike()
    {
        Assert.Equal(1, await RunAsync("--Stills:MaxPixels=50000000", "@none.jpg", "--", "--Stills:MaxPixels=1"));

        Assert.Contains("@none.jpg: The file can't be read", _errors.ToString());
        Assert.Contains("--Stills:MaxPixels=1: The file can't be read", _errors.ToString());
    }

    [Theory]
    [InlineData("'file' missing")]
    [InlineData("No file was named.", "--Stills:MaxPixels=50000000")]
    [InlineData("There is no option '--nonsense'.", "--nonsense", "a.jpg")]
    [InlineData("MaxPixels", "--Stills:MaxPixels=-1", "a.jpg")]
    public async Task Call_ThatIsWrong_EndsWithTwo_AndSaysWhy(string said, params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));

        Assert.Contains(said, _errors.ToString());
    }

    private Task<int?> RunAsync(params string[] arguments) => CommandLine.TryRunAsync(["analyze", .. arguments], _output, _errors);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
