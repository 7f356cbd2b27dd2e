using EmotionStream.Feedback.Archive;
using Microsoft.Extensions.Options;

namespace EmotionStream.Feedback;

/// <summary>Registers corrections, the face archive, learning and model versions.</summary>
internal static class FeedbackRegistration
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddOptions<FeedbackOptions>().BindConfiguration(FeedbackOptions.Section).ValidateOnStart();
        services.AddOptions<ArchiveOptions>().BindConfiguration(ArchiveOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<FeedbackOptions>, FeedbackOptionsValidator>()
            .AddSingleton<IValidateOptions<ArchiveOptions>, ArchiveKeyValidator>()
            .AddSingleton<FaceSeal>()
            .AddSingleton<ArchiveStore>()
            .AddSingleton<ArchiveDesk>()
            .AddHostedService<ArchiveWatch>()
            .AddSingleton<StillFaces>()
            .AddSingleton<CorrectionStore>()
            .AddSingleton<CorrectionLimits>()
            .AddSingleton<CorrectionDesk>()
            .AddSingleton<VersionStore>()
            .AddSingleton<ModelUploads>()
            .AddSingleton<ModelVersions>()
            .AddHostedService(services => services.GetRequiredService<ModelVersions>())
            .AddSingleton<Learning>();
    }
}
