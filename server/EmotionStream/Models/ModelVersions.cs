using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Storage;
using EmotionStream.Telemetry;

namespace EmotionStream.Models;

/// <summary>Decides which version of the emotion model runs: the one promoted last, also after a restart, and by any server that shares the database.</summary>
/// <remarks>
/// A change is written to one row before the network changes; whenever the process ends, the next one runs what that row says.
/// Servers that share a database poll that row every two seconds rather than wait for notifications, so nothing is missed while a connection is lost.
/// </remarks>
internal sealed partial class ModelVersions(
    VersionStore store, EmotionModel model, Degradations degradations, TimeProvider time, ILogger<ModelVersions> logger)
    : BackgroundService
{
    private const string Part = "model versions";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile Running _running = new(null, model.File);
    private bool _upToDate;
    /// <summary>The version that the last look found active, whether it could run here or not.</summary>
    private long? _found;

    /// <summary>The version that runs; null where that is the configured model as it is.</summary>
    public ModelVersion? Active => _running.Version;

    /// <summary>The file that runs, with its own head.</summary>
    public EmotionModelFile File => _running.File;

    /// <summary>The active head; null where the file has none that can be found.</summary>
    public EmotionHead? Head => _running.Version?.Head ?? _running.File.Head;

    /// <summary>Before the first frame, if the database is there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryTakeOverAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Activates a version from the next batch on, and after every restart.</summary>
    /// <exception cref="RefusedException">There is none of that id, it did not pass its test, or its file can't be used any more.</exception>
    public async Task PromoteAsync(long id, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var version = await store.FindAsync(id, cancellation) ?? throw new RefusedException(Refusals.UnknownVersion);
            if (version.Refusal is { } refusal)
            {
                throw new RefusedException(Refusals.NotPassed(refusal));
            }

            var (net, running) = await PrepareAsync(version, cancellation);
            await StoreThenOfferAsync(net, running, () => store.ActivateAsync(id, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellation));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Goes back to what ran before the last promotion.</summary>
    /// <exception cref="RefusedException">Nothing has been promoted, or what ran before can't be used any more.</exception>
    public async Task RollBackAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!store.MayHoldData || await store.FindLastActivationAsync(cancellation) is not var (activation, before))
            {
                throw new RefusedException(Refusals.NothingBefore);
            }

            var (net, running) = await PrepareAsync(before, cancellation);
            await StoreThenOfferAsync(net, running, () => TakeBackAsync(activation, cancellation));
        }
        finally
        {
            _gate.Release();
        }
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!_upToDate || store.IsShared)
            {
                await Task.Delay(LookEvery, time, stoppingToken);
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Takes over what another server has promoted or rolled back, or what could not be read so far.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            // Promotions do not wait for this: a database that hangs delays only the polling.
            if (!_upToDate || await store.FindActiveIdAsync(cancellation) != _found)
            {
                await TryTakeOverAsync(cancellation);
            }
        }
        catch (Exception problem) when (Database.IsOutage(problem))
        {
            ReportOutage(problem);
        }
    }

    private async Task TakeBackAsync(long activation, CancellationToken cancellation)
    {
        if (!await store.TakeBackAsync(activation, cancellation))
        {
            throw new RefusedException(Refusals.Overtaken);
        }
    }

    private async Task TryTakeOverAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        ModelVersion? version = null;
        try
        {
            if (store.MayHoldData)
            {
                version = await store.FindActiveAsync(cancellation);
                if (version?.Id != _running.Version?.Id)
                {
                    var (net, running) = await PrepareAsync(version, cancellation);
                    await StoreThenOfferAsync(net, running, () => Task.CompletedTask);
                }
            }

            (_found, _upToDate) = (version?.Id, true);
            degradations.Report(Part, null);
        }
        catch (RefusedException problem)
        {
            // The version is for another model than the one configured here; trying again would not help.
            LogCantRun(version?.Id ?? 0, problem.Message);
            (_found, _upToDate) = (version?.Id, true);
            degradations.Report(Part, null);
        }
        catch (Exception problem) when (Database.IsOutage(problem))
        {
            ReportOutage(problem);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void ReportOutage(Exception problem)
    {
        // The tables may be gone, too: the next poll creates them if needed.
        _upToDate = false;
        if (degradations.Report(Part, $"the last known one runs, since {store.Explain(problem)}"))
        {
            LogOutage(problem);
        }
    }

    private async Task StoreThenOfferAsync(EmotionNet net, Running running, Func<Task> store)
    {
        try
        {
            await store();
        }
        catch
        {
            net.Dispose();
            throw;
        }

        model.Offer(net);
        _running = running;
        LogRuns(running.Version?.Id ?? 0, running.File.Name);
    }

    private async Task<(EmotionNet Net, Running Running)> PrepareAsync(ModelVersion? version, CancellationToken cancellation)
    {
        try
        {
            var file = version is null || version.ModelSha256 == model.File.Sha256 ? model.File : await ReadFileAsync(version, cancellation);
            return (model.Prepare(file, version?.Head), new Running(version, file));
        }
        catch (ModelLoadException problem)
        {
            throw new RefusedException(Refusals.BadModel(problem.Message));
        }
    }

    private async Task<EmotionModelFile> ReadFileAsync(ModelVersion version, CancellationToken cancellation)
    {
        var bytes = await store.FindFileAsync(version.ModelSha256, cancellation)
            ?? throw new ModelLoadException(version.File, "it is neither configured on this server nor among the uploaded models.");
        var file = new EmotionModelFile(version.File, bytes);
        return file.Sha256 == version.ModelSha256 ? file : throw new ModelLoadException(version.File, "its bytes have changed since it was uploaded.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Emotion model version {Version} of {File} runs from the next batch on")]
    private partial void LogRuns(long version, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The promoted version {Version} of the emotion model can't run here, so the current one stays: {Problem}")]
    private partial void LogCantRun(long version, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The promoted version of the emotion model can't be looked up; trying again")]
    private partial void LogOutage(Exception problem);

    private sealed record Running(ModelVersion? Version, EmotionModelFile File);
}
