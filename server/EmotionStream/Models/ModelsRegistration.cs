namespace EmotionStream.Models;

/// <summary>Registers the versions of the emotion model: which there are, which one runs, and how one is uploaded.</summary>
internal static class ModelsRegistration
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton<VersionStore>()
        .AddSingleton<ModelUploads>()
        .AddSingleton<ModelVersions>()
        .AddHostedService(services => services.GetRequiredService<ModelVersions>());
}
