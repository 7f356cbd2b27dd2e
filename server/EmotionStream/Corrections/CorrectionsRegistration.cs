using EmotionStream.Faces;

namespace EmotionStream.Corrections;

/// <summary>Registers what takes and keeps corrections. Whoever hosts it also registers an <see cref="IFaceArchive"/>.</summary>
internal static class CorrectionsRegistration
{
    public static IServiceCollection AddCorrections(this IServiceCollection services)
    {
        services.AddValidated<FeedbackOptions, FeedbackOptionsValidator>(FeedbackOptions.Section);
        return services
            .AddSingleton<StillFaces>()
            .AddSingleton<CorrectionStore>()
            .AddSingleton<CorrectionLimits>()
            .AddSingleton<CorrectionService>();
    }
}
