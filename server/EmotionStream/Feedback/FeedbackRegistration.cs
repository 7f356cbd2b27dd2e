using EmotionStream.Faces;
using EmotionStream.Feedback.Archive;

namespace EmotionStream.Feedback;

/// <summary>Registers corrections, the face archive, learning and model versions.</summary>
internal static class FeedbackRegistration
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddValidated<FeedbackOptions, FeedbackOptionsValidator>(FeedbackOptions.Section);
        services.AddValidated<ArchiveOptions, ArchiveKeyValidator>(ArchiveOptions.Section);
        return services
            .AddSingleton<FaceEncryption>()
            .AddSingleton<ArchiveStore>()
            .AddSingleton<ArchiveService>()
            .AddPeriodic<ArchiveService>(_ => TimeSpan.FromSeconds(2), (archive, cancellation) => archive.TryForgetAsync(cancellation))
            .AddSingleton<StillFaces>()
            .AddSingleton<CorrectionStore>()
            .AddSingleton<CorrectionLimits>()
            .AddSingleton<CorrectionService>()
            .AddSingleton<VersionStore>()
            .AddSingleton<ModelUploads>()
            .AddSingleton<ModelVersions>()
            .AddHostedService(services => services.GetRequiredService<ModelVersions>())
            .AddSingleton<Learning>();
    }
}
