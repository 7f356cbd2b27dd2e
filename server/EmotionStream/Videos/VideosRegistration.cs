using Microsoft.Extensions.Options;

namespace EmotionStream.Videos;

/// <summary>Registers what measures uploaded clips.</summary>
internal static class VideosRegistration
{
    public static IServiceCollection AddVideos(this IServiceCollection services)
    {
        services.AddOptions<VideosOptions>().BindConfiguration(VideosOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<VideosOptions>, VideosOptionsValidator>()
            .AddSingleton<VideoJobs>()
            .AddHostedService<VideoWorker>();
    }
}
