using Microsoft.Extensions.Options;

namespace EmotionStream.Recommendations;

/// <summary>Registers the catalogue and what follows its file.</summary>
internal static class RecommendationsRegistration
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services)
    {
        services.AddOptions<RecommendationsOptions>().BindConfiguration(RecommendationsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RecommendationsOptions>, RecommendationsOptionsValidator>()
            .AddSingleton<CatalogueFile>()
            .AddHostedService<CatalogueWatch>();
    }
}
