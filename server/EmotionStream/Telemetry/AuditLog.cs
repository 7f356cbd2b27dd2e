namespace EmotionStream.Telemetry;

/// <summary>The record of what operators do and of keys that are wrong: a log category of its own, one line an action, no secrets.</summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, TimeProvider time)
{
    public const string Category = "EmotionStream.Audit";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <param name="who">The operator, a key's name, or this machine.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="action">A word for it, such as <c>model.rollback</c>.</param>
    /// <param name="what">The address that was asked for, with what narrows it down.</param>
    /// <param name="status">The HTTP status of the answer.</param>
    public void Write(string who, string address, string action, string what, int status)
    {
        var when = time.GetUtcNow().UtcDateTime;
        var outcome = status < 400 ? "done" : status < 500 ? "refused" : "failed";
        LogAction(when, who, address, action, what, outcome, status);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{When:O} {Who} from {Address}: {Action} {What} {Outcome} ({Status})")]
    private partial void LogAction(DateTime when, string who, string address, string action, string what, string outcome, int status);
}
