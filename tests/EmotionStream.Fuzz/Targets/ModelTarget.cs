using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Models;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Uploaded models: what is no emotion model has to be refused, and what is one may be kept.</summary>
/// <remarks>The server's own model is the tiny one, so that its variants pass for something that could take its place.</remarks>
internal sealed class ModelTarget : FuzzTarget
{
    private readonly FuzzedServer _server;
    private readonly DirectoryInfo _data;

    private ModelTarget(FuzzedServer server, DirectoryInfo data) => (_server, _data) = (server, data);

    public override IReadOnlyList<byte[]> Seeds { get; } = [TinyModel.Make()];

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "Loop", "Scan", "If", "Expand", "Tile", "ConstantOfShape", "Reshape", "Resize", "LSTM", "Conv", "Identity", "faces", "maps", "h", "c", "emotions", "still", "embedding", "batch" }
            .Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x80, 0x80, 0x80, 0x80, 0x08],
    ];

    public static async Task<ModelTarget> CreateAsync()
    {
        var data = Directory.CreateTempSubdirectory("es-fuzz-model-");
        var model = Path.Combine(data.FullName, "tiny.onnx");
        await File.WriteAllBytesAsync(model, TinyModel.Make());
        var server = await FuzzedServer.StartAsync($"--Storage:DataDirectory={data.FullName}", $"--Inference:EmotionModel={model}");
        // Were it refused, so would be all that is made of it, for the same reason.
        await server.Service<ModelUploads>().AddAsync(TinyModel.Make(), "tiny.onnx", CancellationToken.None);
        return new ModelTarget(server, data);
    }

    public override byte[] Make(byte[] earlier, byte[] other, Mutator mutator, long number) =>
        number % 8 == 0 ? mutator.Mutate(earlier, other) : ProtobufMutator.Mutate(earlier, other, mutator);

    public override async Task<string?> TryAsync(byte[] input)
    {
        try
        {
            await _server.Service<ModelUploads>().AddAsync(input, "fuzz.onnx", CancellationToken.None);
        }
        catch (RefusedException)
        {
        }

        return _server.TakeError();
    }

    public override Task<int> CountLeaksAsync() => _server.CountLeaksAsync();

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
