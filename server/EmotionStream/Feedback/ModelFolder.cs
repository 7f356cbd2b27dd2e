using EmotionStream.Inference;
using EmotionStream.Onnx;
using EmotionStream.Storage;

namespace EmotionStream.Feedback;

/// <summary>Keeps uploaded model files, each under its hash.</summary>
internal sealed class ModelFolder(DataFolder data)
{
    /// <summary>All of the file is there when the call returns, whatever happens then.</summary>
    public void Keep(EmotionModelFile file)
    {
        var path = Place(file.Sha256);
        var fresh = path + ".new";
        using (var stream = File.Create(fresh))
        {
            stream.Write(file.Bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <exception cref="ModelLoadException">It is gone, or not what it was.</exception>
    public EmotionModelFile Read(string sha256)
    {
        var file = EmotionModelFile.Read(Place(sha256));
        return file.Sha256 == sha256 ? file : throw new ModelLoadException(file.Path, "its bytes have changed since it was uploaded.");
    }

    private string Place(string sha256) => data.Place("models", sha256 + ".onnx");
}
