using EmotionStream.Faces;

namespace EmotionStream.History;

/// <summary>Registers the history; it does nothing until its settings say so.</summary>
internal static class HistoryRegistration
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddValidated<HistoryOptions, HistoryOptionsValidator>(HistoryOptions.Section);
        return services
            .AddSingleton<HistoryQueue>()
            .AddSingleton<HistoryRecorder>()
            .AddSingleton<HistoryStore>()
            .AddSingleton<HistoryReader>()
            .AddSingleton<HistoryWriter>()
            .AddHostedService(services => services.GetRequiredService<HistoryWriter>());
    }
}
