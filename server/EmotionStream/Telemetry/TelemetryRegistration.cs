using EmotionStream.Faces;
using EmotionStream.Faces.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EmotionStream.Telemetry;

/// <summary>Registers the instruments, those who read them, and the clock that everything measures with.</summary>
internal static class TelemetryRegistration
{
    /// <summary>The source of the server's own traces.</summary>
    public const string TraceSource = "EmotionStream";

    // OpenTelemetry's own name. Nothing is sent anywhere, nor traced, before the operator sets it.
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<Degradations>()
        .AddSingleton<AuditLog>();

    /// <summary>Shows the instruments to Prometheus and, where the operator has named a collector, sends them and traces there.</summary>
    public static IServiceCollection AddExporters(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("emotionstream"))
            .WithMetrics(metrics => metrics
                .AddMeter(EmotionStreamMetrics.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter(ShowAsEver));
        if (!string.IsNullOrEmpty(configuration[Endpoint]))
        {
            telemetry.WithTracing(AddTraces).UseOtlpExporter();
        }

        return services;
    }

    /// <summary>Series have no other labels than they always had, and every scrape is fresh.</summary>
    private static void ShowAsEver(PrometheusAspNetCoreOptions prometheus)
    {
        prometheus.ScopeInfoEnabled = false;
        prometheus.TargetInfoEnabled = false;
        prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
    }

    private static void AddTraces(TracerProviderBuilder traces) => traces
        .AddSource(TraceSource)
        .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = (trace, _) =>
        {
            // Rooms' names and ids that open a result are in paths; the route says enough.
            trace.SetTag("url.path", trace.GetTagItem("http.route"));
        });
}
