using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>Loggers for the hubs. SignalR logs a refusal like a fault, as an error with its stack; an ordinary answer takes one line.</summary>
/// <remarks>Not a hub filter, which never sees what a stream ends with.</remarks>
internal sealed partial class HubLoggers(ILoggerFactory host, ILogger<HubLoggers> refusals) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new HubLogger(host.CreateLogger(categoryName), this);

    public void AddProvider(ILoggerProvider provider) => host.AddProvider(provider);

    /// <summary>The loggers are the host's.</summary>
    public void Dispose()
    {
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused: {Refusal}")]
    private partial void LogRefused(string refusal);

    private sealed class HubLogger(ILogger logger, HubLoggers hub) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is HubException)
            {
                hub.LogRefused(exception.Message);
            }
            else
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
