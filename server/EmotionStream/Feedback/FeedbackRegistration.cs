using Microsoft.Extensions.Options;

namespace EmotionStream.Feedback;

/// <summary>Registers corrections, learning and model versions.</summary>
internal static class FeedbackRegistration
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddOptions<FeedbackOptions>().BindConfiguration(FeedbackOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<FeedbackOptions>, FeedbackOptionsValidator>()
            .AddSingleton<StillFaces>()
            .AddSingleton<CorrectionStore>()
            .AddSingleton<CorrectionLimits>()
            .AddSingleton<CorrectionDesk>()
            .AddSingleton<VersionStore>()
            .AddSingleton<ModelFolder>()
            .AddSingleton<ModelUploads>()
            .AddSingleton<ModelVersions>()
            .AddHostedService(services => services.GetRequiredService<ModelVersions>())
            .AddSingleton<Learning>();
    }
}
