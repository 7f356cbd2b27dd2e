namespace EmotionStream.Telemetry;

/// <summary>Registers the instruments and the clock that everything measures with.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<EmotionStreamMetrics>()
        .AddSingleton<Degradations>()
        .AddSingleton<PrometheusText>();
}
