using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces;

/// <summary>Registers all that reads faces in a host: models, queues and workers.</summary>
internal static class FacesRegistration
{
    public static IServiceCollection AddFaces(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<EmotionStreamMetrics>()
        .AddSingleton<OnnxSessions>()
        .AddVision()
        .AddEmotion()
        .AddPipeline()
        .AddStills();

    private static IServiceCollection AddVision(this IServiceCollection services) => services
        .AddValidated<VisionOptions, VisionOptionsValidator>(VisionOptions.Section)
        .AddSingleton(provider => provider.GetRequiredService<IOptions<VisionOptions>>().Value)
        .AddSingleton<FaceDetectorModel>();

    private static IServiceCollection AddEmotion(this IServiceCollection services) => services
        .AddValidated<InferenceOptions, InferenceOptionsValidator>(InferenceOptions.Section)
        .AddSingleton<EmotionModel>();

    private static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddValidated<PipelineOptions, PipelineOptionsValidator>(PipelineOptions.Section)
        .AddSingleton<ReadyQueue>()
        .AddSingleton<FairShare>()
        .AddSingleton<SampleQueue>()
        .AddSingleton<Readiness>()
        .AddSingleton<FrameLaneFactory>()
        .AddSingleton<PictureAnalyzerFactory>()
        .AddSingleton<InferenceBatch>()
        .AddHostedService<InferenceLoop>()
        .AddHostedService<FrameWorkers>();

    private static IServiceCollection AddStills(this IServiceCollection services) => services
        .AddValidated<StillsOptions, StillsOptionsValidator>(StillsOptions.Section)
        .AddSingleton<PictureBudget>()
        .AddSingleton<StillQueue>()
        .AddSingleton<StillService>()
        .AddHostedService<StillWorkers>();
}
