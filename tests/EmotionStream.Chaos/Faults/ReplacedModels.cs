using System.Text.Json;

namespace EmotionStream.Chaos.Faults;

/// <summary>Every model's file turns into rubbish under a running server: what runs goes on, and is told as it runs.</summary>
internal sealed class ReplacedModels : Fault
{
    private string _models = "";

    public override string Name => "models";

    public override Task<Ground> PrepareAsync()
    {
        _models = Directory.CreateTempSubdirectory("es-models-").FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models"), "*.onnx"))
        {
            File.Copy(file, Path.Combine(_models, Path.GetFileName(file)));
        }

        return Ground.StartAsync(
            [], [], () => Directory.Delete(_models, recursive: true), $"--Inference:EmotionModel={_models}/emotion.onnx", $"--Vision:FaceModel={_models}/face.onnx");
    }

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var files = Directory.GetFiles(_models);
        foreach (var file in files)
        {
            // In place, as a careless copy does, and then gone.
            await File.WriteAllBytesAsync(file, new byte[1000]);
        }

        var told = JsonDocument.Parse(await ground.Http.GetStringAsync(Ground.Address("/api/v1/models"))).RootElement;
        if (told.GetProperty("emotion").GetProperty("bytes").GetInt64() <= 1000)
        {
            throw new ChaosException("the rubbish is told as the model that runs");
        }

        Array.ForEach(files, File.Delete);
        return $"{files.Length} files replaced, then deleted";
    }
}
