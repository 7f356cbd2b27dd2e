using EmotionStream.Faces;

namespace EmotionStream.Recommendations;

/// <summary>Registers the catalogue and what follows its file.</summary>
internal static class RecommendationsRegistration
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services)
    {
        services.AddValidated<RecommendationsOptions, RecommendationsOptionsValidator>(RecommendationsOptions.Section);
        return services
            .AddSingleton<CatalogueFile>()
            .AddHostedService<CatalogueWatch>();
    }
}
