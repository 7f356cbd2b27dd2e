using System.Data.Common;
using EmotionStream.Faces.Telemetry;
using EmotionStream.Storage;
using EmotionStream.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.History;

/// <summary>The only one who changes the history: writes what has gathered, batch by batch, erases what is asked or too old.</summary>
/// <remarks>
/// While the database can't be used, what was taken waits here and the rest in the queue; nothing else of the server waits for either.
/// Whatever goes wrong, live streaming goes on.
/// </remarks>
internal sealed partial class HistoryWriter(
    HistoryQueue queue, HistoryStore store, Database database, IOptions<HistoryOptions> options, Degradations degradations,
    EmotionStreamMetrics metrics, TimeProvider time, ILogger<HistoryWriter> logger) : BackgroundService
{
    private const string Part = "history";
    private const int MaxBatch = 1000;

    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);

    // A stopping server gives the last readings this long.
    private static readonly TimeSpan LastTry = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<HistoryEntry> _taken = [];
    private bool _prepared;
    private long? _prunedAt;

    /// <summary>Readings that wait to be written, here or in the queue.</summary>
    public int Waiting => queue.Count + _taken.Count;

    /// <summary>Erases a part of the history, what still waits to be written included, and returns how many readings that were.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<long> EraseAsync(HistoryScope scope, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await PrepareAsync(cancellation);
            while (queue.TryTake(out var entry))
            {
                _taken.Add(entry);
            }

            var erased = await store.EraseAsync(scope, cancellation);
            return erased + _taken.RemoveAll(entry => scope.Contains(entry.Source));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Done once the tables have been made, or making them has failed: until then there is nothing to read from.</summary>
    public Task Begun => _begun.Task;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (options.Value.Enabled)
        {
            using var patience = new CancellationTokenSource(LastTry);
            await StepAsync(patience.Token);
        }
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Enabled ? Task.Run(() => LoopAsync(stoppingToken), stoppingToken) : Task.CompletedTask;

    /// <summary>Writes all that waits, clears away what is too old, and says so if it can't.</summary>
    internal async Task StepAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await PrepareAsync(cancellation);
            while (TakeBatch())
            {
                await WriteAsync(cancellation);
            }

            await PruneAsync(cancellation);
            if (degradations.Report(Part, null))
            {
                LogBack(database.Description);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception problem)
        {
            // Perhaps another database stands in its place when it is back, without tables.
            _prepared = false;
            if (degradations.Report(Part, database.Explain(problem)))
            {
                LogLost(database.Description, problem);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task LoopAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Value.WriteEvery, time);
        try
        {
            do
            {
                await StepAsync(cancellation);
                _begun.TrySetResult();
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        if (!_prepared)
        {
            await store.PrepareAsync(cancellation);
            _prepared = true;
        }
    }

    /// <summary>What was taken before and could not be written comes first.</summary>
    private bool TakeBatch()
    {
        while (_taken.Count < MaxBatch && queue.TryTake(out var entry))
        {
            _taken.Add(entry);
        }

        return _taken.Count > 0;
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        var batch = _taken[..Math.Min(MaxBatch, _taken.Count)];
        try
        {
            await store.WriteAsync(batch, cancellation);
            metrics.HistoryWritten(batch.Count);
        }
        catch (DbException refusal) when (database.IsRefusal(refusal))
        {
            // The same readings would be turned down for ever, and all later ones would wait behind them.
            LogRefused(batch.Count, refusal);
        }

        _taken.RemoveRange(0, batch.Count);
    }

    private async Task PruneAsync(CancellationToken cancellation)
    {
        if (_prunedAt is not { } before || time.GetElapsedTime(before) >= PruneEvery)
        {
            await store.PruneAsync((time.GetUtcNow() - options.Value.Retention).ToUnixTimeMilliseconds(), cancellation);
            _prunedAt = time.GetTimestamp();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "History can't be kept: {Database} can't be used; readings wait in memory, live streaming goes on")]
    private partial void LogLost(string database, Exception problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "History is kept again: {Database} can be used, and what waited has been written")]
    private partial void LogBack(string database);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database turned down {Readings} readings, which are lost to the history")]
    private partial void LogRefused(int readings, Exception problem);
}
