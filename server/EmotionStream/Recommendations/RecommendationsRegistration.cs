using EmotionStream.Faces;
using Microsoft.Extensions.Options;

namespace EmotionStream.Recommendations;

/// <summary>Registers the catalog and what follows its file.</summary>
internal static class RecommendationsRegistration
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services)
    {
        services.AddValidated<RecommendationsOptions, RecommendationsOptionsValidator>(RecommendationsOptions.Section);
        return services
            .AddSingleton<CatalogFile>()
            // Asking works on every file system; notices of changes don't.
            .AddPeriodic<CatalogFile>(
                provider => provider.GetRequiredService<IOptions<RecommendationsOptions>>().Value.LookEvery,
                (catalog, _) =>
                {
                    catalog.Look();
                    return ValueTask.CompletedTask;
                });
    }
}
