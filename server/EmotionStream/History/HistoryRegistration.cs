using Microsoft.Extensions.Options;

namespace EmotionStream.History;

/// <summary>Registers the history; it does nothing until its settings say so.</summary>
internal static class HistoryRegistration
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<HistoryOptions>, HistoryOptionsValidator>()
            .AddSingleton<HistoryQueue>()
            .AddSingleton<HistoryRecorder>()
            .AddSingleton<HistoryStore>()
            .AddSingleton<HistoryReader>()
            .AddSingleton<HistoryWriter>()
            .AddHostedService(services => services.GetRequiredService<HistoryWriter>());
    }
}
