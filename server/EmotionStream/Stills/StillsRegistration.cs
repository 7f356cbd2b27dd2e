using Microsoft.Extensions.Options;

namespace EmotionStream.Stills;

/// <summary>Registers what measures uploaded pictures.</summary>
internal static class StillsRegistration
{
    public static IServiceCollection AddStills(this IServiceCollection services)
    {
        services.AddOptions<StillsOptions>().BindConfiguration(StillsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<StillsOptions>, StillsOptionsValidator>()
            .AddSingleton<PictureBudget>()
            .AddSingleton<StillQueue>()
            .AddSingleton<StillDesk>()
            .AddTransient<StillPipeline>()
            .AddSingleton<Func<StillPipeline>>(provider => provider.GetRequiredService<StillPipeline>)
            .AddHostedService<StillWorkers>();
    }
}
