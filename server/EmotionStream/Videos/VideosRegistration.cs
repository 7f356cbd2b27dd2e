using EmotionStream.Faces;

namespace EmotionStream.Videos;

/// <summary>Registers what measures uploaded clips.</summary>
internal static class VideosRegistration
{
    public static IServiceCollection AddVideos(this IServiceCollection services)
    {
        services.AddValidated<VideosOptions, VideosOptionsValidator>(VideosOptions.Section);
        return services
            .AddSingleton<VideoJobs>()
            .AddHostedService<VideoWorker>()
            .AddPeriodic<VideoJobs>(TimeSpan.FromMinutes(1), jobs => jobs.Sweep());
    }
}
