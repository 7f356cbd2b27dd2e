using System.Security.Cryptography;
using System.Text.Json;
using EmotionStream.Api;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

public class ModelTests
{
    [Fact]
    public async Task Models_TellFileHashShapesAndParameters()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();

        using var reply = JsonDocument.Parse(await http.GetStringAsync("/api/v1/models", TestContext.Current.CancellationToken));

        Assert.Equal(8, reply.RootElement.GetProperty("labels").GetArrayLength());
        foreach (var (part, name, input) in new[] { ("emotion", "emotion", "faces"), ("face", "face", "input"), ("faceClose", "face-close", "input") })
        {
            var model = reply.RootElement.GetProperty(part);
            var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", $"{name}.onnx"));
            Assert.Equal($"{name}.onnx", model.GetProperty("file").GetString());
            Assert.Equal(file.Length, model.GetProperty("bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), model.GetProperty("sha256").GetString());
            Assert.Contains(model.GetProperty("inputs").EnumerateArray(), tensor => tensor.GetProperty("name").GetString() == input);

            // Four bytes a number, and little else in the file.
            var parameters = model.GetProperty("parameters").GetInt64();
            Assert.InRange(parameters, file.Length / 4 * 0.8, file.Length / 4.0);
        }
    }

    [Fact]
    public async Task Models_WithoutCards_SayThatThereAreNone()
    {
        var folder = Directory.CreateTempSubdirectory("models");
        try
        {
            var copy = Path.Combine(folder.FullName, "other.onnx");
            File.Copy(Path.Combine(AppContext.BaseDirectory, "models", "emotion.onnx"), copy);
            File.WriteAllText(Path.Combine(folder.FullName, "other.json"), "this is no JSON");
            await using var server = await TestServer.StartAsync($"--Inference:EmotionModel={copy}");
            using var http = server.CreateHttpClient();

            using var reply = JsonDocument.Parse(await http.GetStringAsync("/api/v1/models", TestContext.Current.CancellationToken));

            var model = reply.RootElement.GetProperty("emotion");
            Assert.Equal("other.onnx", model.GetProperty("file").GetString());
            Assert.Equal(JsonValueKind.Null, model.GetProperty("card").ValueKind);
            Assert.Equal(JsonValueKind.Null, model.GetProperty("text").ValueKind);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Models_WhoseFileWasReplacedByRubbish_AreToldAsTheyRun()
    {
        var folder = Directory.CreateTempSubdirectory("models");
        try
        {
            var original = Path.Combine(AppContext.BaseDirectory, "models");
            string[] files = ["emotion.onnx", "face.onnx", "face-close.onnx"];
            Array.ForEach(files, file => File.Copy(Path.Combine(original, file), Path.Combine(folder.FullName, file)));
            await using var server = await TestServer.StartAsync(
                $"--Inference:EmotionModel={folder.FullName}/emotion.onnx", $"--Vision:FaceModel={folder.FullName}/face.onnx");
            Array.ForEach(files, file => File.WriteAllText(Path.Combine(folder.FullName, file), "rubbish"));
            using var http = server.CreateHttpClient();

            using var reply = JsonDocument.Parse(await http.GetStringAsync("/api/v1/models", TestContext.Current.CancellationToken));

            foreach (var (part, file) in ((string[])["emotion", "face", "faceClose"]).Zip(files))
            {
                Assert.Equal(
                    Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(original, file)))),
                    reply.RootElement.GetProperty(part).GetProperty("sha256").GetString());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void ParameterCount_CountsDimensionsPackedOrNot_AndOnlyTrainedTypes()
    {
        byte[] loose = [0x08, 3, 0x08, 4, 0x10, 1]; // dims 3 and 4, float
        byte[] packed = [0x0A, 2, 5, 6, 0x10, 1]; // dims 5 and 6, float
        byte[] shape = [0x08, 9, 0x10, 7]; // dims 9, int64: a constant shape, not trained
        byte[] scalar = [0x10, 1]; // no dims: one number
        byte[] graph = [.. Field(loose), .. Field(packed), .. Field(shape), .. Field(scalar)];
        byte[] model = [0x08, 8, (7 << 3) | 2, (byte)graph.Length, .. graph];

        Assert.Equal(12 + 30 + 1, ParameterCount.Of(model));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF })]
    public void ParameterCount_OfNonsense_IsNothing(byte[] file) => Assert.Equal(0, ParameterCount.Of(file));

    private static byte[] Field(byte[] tensor) => [(5 << 3) | 2, (byte)tensor.Length, .. tensor];
}
