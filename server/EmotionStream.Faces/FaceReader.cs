using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces;

/// <summary>Reads faces in a program of your own, without a server: the same models, the same answers.</summary>
/// <remarks>Not thread-safe, its sessions included: one per thread. It finds the models in the folder models beside the program.</remarks>
public sealed class FaceReader : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly EmotionModel _model;
    private readonly PictureBudget _budget;
    private readonly InferenceBatch _batch;
    private readonly PictureAnalyzer _pictures;
    private readonly PictureAnalyzer _frames;

    private FaceReader(ServiceProvider services)
    {
        _services = services;
        _model = services.GetRequiredService<EmotionModel>();
        _budget = services.GetRequiredService<PictureBudget>();
        _batch = services.GetRequiredService<InferenceBatch>();
        var (analyzers, vision) = (services.GetRequiredService<PictureAnalyzerFactory>(), services.GetRequiredService<VisionOptions>());
        _pictures = analyzers.ForPictures(services.GetRequiredService<IOptions<StillsOptions>>().Value.Vision(vision));
        _frames = analyzers.ForPictures(vision);
    }

    /// <summary>Loads the models.</summary>
    /// <param name="settings">The server's, such as <c>["Inference:Prior"] = "balanced"</c>; docs/operating.md has them.</param>
    public static FaceReader Create(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddLogging()
            .AddFaces()
            .BuildServiceProvider();
        try
        {
            return new FaceReader(services);
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    /// <summary>The faces of one picture (JPEG, PNG or WebP), the surest first; nobody in it is an empty list.</summary>
    /// <exception cref="RefusedException">The picture can't be read.</exception>
    public IReadOnlyList<StillFace> Read(ReadOnlySpan<byte> picture)
    {
        var still = new Still(PictureBytes.Copy(picture, _budget), wholeWhenEmpty: false, _model, TimeProvider.System.GetTimestamp(), CancellationToken.None);
        Process(_pictures, still.Picture);
        return still.Refusal is { } refusal ? throw new RefusedException(refusal) : Readings.Still(still.Picture, withHeatmap: false);
    }

    /// <summary>Begins a sequence of pictures in which faces keep their ids and are judged over time.</summary>
    public FaceSession StartSession() => new(new FaceFollower(_services.GetRequiredService<VisionOptions>(), _model), _model, picture => Process(_frames, picture));

    public void Dispose()
    {
        _pictures.Dispose();
        _frames.Dispose();
        _services.Dispose();
    }

    /// <summary>Nobody else feeds the queue, so what waits in it is this picture's faces.</summary>
    private void Process(PictureAnalyzer analyzer, Picture picture)
    {
        analyzer.Process(picture, CancellationToken.None);
        for (var left = picture.FaceCount; left > 0; left -= _model.MaxBatch)
        {
            _batch.Run();
        }
    }
}
