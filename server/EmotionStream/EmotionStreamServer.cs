using EmotionStream.Api;
using EmotionStream.Api.Corrections;
using EmotionStream.Api.History;
using EmotionStream.Api.Learning;
using EmotionStream.Api.Pictures;
using EmotionStream.Api.Reference;
using EmotionStream.Api.Videos;
using EmotionStream.Archive;
using EmotionStream.Cluster;
using EmotionStream.Corrections;
using EmotionStream.Edge;
using EmotionStream.Faces;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.History;
using EmotionStream.Hubs;
using EmotionStream.Learning;
using EmotionStream.Limits;
using EmotionStream.Models;
using EmotionStream.Recommendations;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Storage;
using EmotionStream.Telemetry;
using EmotionStream.Videos;

namespace EmotionStream;

/// <summary>Puts the server together: its list of parts is the architecture, from the leaves up.</summary>
internal static class EmotionStreamServer
{
    /// <summary>Builds a server from command line, environment and settings file; a bad model or setting fails here, not later.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Services
            .AddEdge()
            .AddLimits()
            .AddTelemetry()
            .AddExporters(builder.Configuration)
            .AddStorage()
            .AddFaces()
            .AddSessions()
            .AddVideos()
            .AddHistory()
            .AddCorrections()
            .AddModels()
            .AddArchive()
            .AddLearning()
            .AddRooms()
            .AddRecommendations()
            .AddHubs()
            .AddProblems()
            .AddReference()
            .AddPictures()
            .AddVideoUpload()
            .AddHistoryService()
            .AddNotice();
        builder.AddCluster();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseEdge();
        app.UseCluster();
        app.UseProblems();
        app.UseMetrics();
        // The pages, compressed and with their caching rules, as wwwroot/assets.mjs wrote them down.
        app.MapStaticAssets(Path.Combine(app.Environment.WebRootPath, "packed", "endpoints.json")).ExcludeFromDescription();
        app.UseOperatorsFiles();
        app.MapReference();
        app.MapHubs();
        app.MapOperations();
        app.MapModels();
        app.MapImages();
        app.MapEmotion();
        app.MapAnalyze();
        app.MapVideos();
        app.MapRooms();
        app.MapHistory();
        app.MapCorrections();
        app.MapLearning();
        app.MapArchive();
        app.MapNotice();
        app.MapRecommendations();
        app.MapGoodbye();
        LoadFiles(app);
        app.Services.StartMetrics();
        return app;
    }

    /// <summary>Now rather than when first needed, so that a server with a bad model or catalog does not start half.</summary>
    private static void LoadFiles(WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<FaceDetectorModel>();
            _ = app.Services.GetRequiredService<EmotionModel>();
            _ = app.Services.GetRequiredService<CatalogFile>();
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }
}
