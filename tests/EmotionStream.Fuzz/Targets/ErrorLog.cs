using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Keeps what a server logs as an error: no input from outside may cause one.</summary>
internal sealed class ErrorLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _errors = [];

    /// <summary>The first error since the last call, if there was one.</summary>
    public string? Take()
    {
        _errors.TryDequeue(out var first);
        _errors.Clear();
        return first;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _errors.Enqueue($"logged: {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
