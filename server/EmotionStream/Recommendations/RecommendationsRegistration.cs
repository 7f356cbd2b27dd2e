using EmotionStream.Faces;
using Microsoft.Extensions.Options;

namespace EmotionStream.Recommendations;

/// <summary>Registers the catalogue and what follows its file.</summary>
internal static class RecommendationsRegistration
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services)
    {
        services.AddValidated<RecommendationsOptions, RecommendationsOptionsValidator>(RecommendationsOptions.Section);
        return services
            .AddSingleton<CatalogueFile>()
            // Asking works on every file system; notices of changes don't.
            .AddPeriodic<CatalogueFile>(
                provider => provider.GetRequiredService<IOptions<RecommendationsOptions>>().Value.LookEvery,
                (catalogue, _) =>
                {
                    catalogue.Look();
                    return ValueTask.CompletedTask;
                });
    }
}
