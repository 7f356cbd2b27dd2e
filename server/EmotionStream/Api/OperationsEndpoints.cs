using EmotionStream.Api.Reference;
using EmotionStream.Archive;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using EmotionStream.Faces.Telemetry;
using EmotionStream.History;
using EmotionStream.Recommendations;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Telemetry;

namespace EmotionStream.Api;

/// <summary>What operators' tools ask: alive, ready, figures.</summary>
internal static class OperationsEndpoints
{
    private const string MetricsPath = "/metrics";

    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => "alive").Describe("Server", "Whether the server is alive.").Produces<string>(contentType: "text/plain");
        endpoints.MapGet("/readyz", (Readiness readiness, Degradations degradations, IAdmission admission) => (readiness.IsReady, admission.SendsElsewhere) switch
            {
                (false, _) => Results.Text(readiness.Describe(), statusCode: StatusCodes.Status503ServiceUnavailable),
                (_, true) => Results.Text("full", statusCode: StatusCodes.Status503ServiceUnavailable),
                _ => Results.Text(degradations.Any ? $"ready, degraded: {degradations}" : readiness.Describe()),
            })
            .Describe("Server", "Whether the server takes pictures: 503 until its models are warm, while it stops, and while it is full and another server of its cluster is not.")
            .Produces<string>(contentType: "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
        endpoints.MapGet(MetricsPath, IResult (HttpContext http, RoomAccess access) =>
            throw new RefusedException(access.NeedsTokens ? Refusals.OperatorKeyRequired : Refusals.OperatorOnly))
            .WithProblems()
            .Audited("metrics.read", onlyRefusals: true)
            .Describe("Server", "Figures for Prometheus, for users of the server's own machine and with the operator's key.")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    /// <summary>Answers those who may read the figures; others get to the endpoint, which refuses.</summary>
    public static void UseMetrics(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<RoomAccess>();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http =>
            http.Request.Path == MetricsPath && HttpMethods.IsGet(http.Request.Method)
            && (LocalUser.Is(http) || OperatorAccess.IsOperator(http, access)));
    }

    /// <summary>Begins to collect figures, among them how full the queues are and how many frame buffers are lent out.</summary>
    public static void StartMetrics(this IServiceProvider services)
    {
        var metrics = services.GetRequiredService<EmotionStreamMetrics>();
        var (ready, samples) = (services.GetRequiredService<ReadyQueue>(), services.GetRequiredService<SampleQueue>());
        var history = services.GetRequiredService<HistoryWriter>();
        var rooms = services.GetRequiredService<RoomRegistry>();
        metrics.Observe("emotionstream.queue.ready", "{session}", "Sessions whose newest frame waits for a worker.", () => ready.Count);
        metrics.Observe("emotionstream.queue.samples", "{face}", "Faces that wait for the emotion model.", () => samples.Count);
        var (stills, budget) = (services.GetRequiredService<StillQueue>(), services.GetRequiredService<PictureBudget>());
        metrics.Observe("emotionstream.queue.stills", "{picture}", "Uploaded pictures that wait for a worker.", () => stills.Count);
        metrics.Observe("emotionstream.stills.buffered", "{byte}", "Memory that uploaded pictures take.", () => budget.Taken);
        var buffers = services.GetRequiredService<FrameBuffers>();
        metrics.Observe("emotionstream.frames.buffered", "{frame}", "Frame buffers that are lent out.", () => buffers.Outstanding);
        metrics.Observe("emotionstream.rooms.active", "{room}", "Rooms with somebody in them.", () => rooms.Count);
        var catalog = services.GetRequiredService<CatalogFile>();
        metrics.Observe("emotionstream.catalogue.works", "{work}", "Works that can be recommended.", () => catalog.Catalog.Works.Count);
        var archive = services.GetRequiredService<ArchiveService>();
        metrics.Observe("emotionstream.archive.held", "{face}", "Faces in memory of people who have opted in to the face archive.", () => archive.HeldCrops);
        metrics.Observe("emotionstream.history.waiting", "{reading}", "Readings that wait to be written.", () => history.Waiting);
    }
}
