using EmotionStream.Inference;
using EmotionStream.Onnx;
using EmotionStream.Storage;
using EmotionStream.Telemetry;

namespace EmotionStream.Feedback;

/// <summary>Says which version of the emotion model runs: what was promoted last, also after a restart.</summary>
/// <remarks>
/// A change is on the disk before the network changes, in one row; whenever the process ends, the next one runs what that row says.
/// With PostgreSQL, other servers of the same database take a change over when they restart.
/// </remarks>
internal sealed partial class ModelVersions(
    VersionStore store, EmotionModel model, ModelFolder folder, Degradations degradations, TimeProvider time, ILogger<ModelVersions> logger)
    : BackgroundService
{
    private const string Part = "model versions";
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile Running _running = new(null, model.File);
    private bool _restored;

    /// <summary>The version that runs; null where that is the configured model as it is.</summary>
    public ModelVersion? Active => _running.Version;

    /// <summary>The file that runs, with its own head.</summary>
    public EmotionModelFile File => _running.File;

    /// <summary>The head that speaks; null where the file has none that can be found.</summary>
    public EmotionHead? Head => _running.Version?.Head ?? _running.File.Head;

    /// <summary>Before the first frame, if the database is there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRestoreAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Lets a version run from the next batch on, and after every restart.</summary>
    /// <exception cref="FeedbackException">There is none of that id, it did not pass its test, or its file can't be used any more.</exception>
    public async Task PromoteAsync(long id, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var version = await store.FindAsync(id, cancellation) ?? throw new FeedbackException(FeedbackRefusal.UnknownVersion);
            if (version.Refusal is { } refusal)
            {
                throw new FeedbackException(FeedbackRefusal.NotPassed(refusal));
            }

            var (net, running) = Prepare(version);
            await StoreThenOfferAsync(net, running, () => store.ActivateAsync(id, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellation));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Goes back to what ran before the last promotion.</summary>
    /// <exception cref="FeedbackException">Nothing has been promoted.</exception>
    public async Task RollBackAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!store.MayHoldData || !await store.TakeBackAsync(cancellation))
            {
                throw new FeedbackException(FeedbackRefusal.NothingBefore);
            }

            var (net, running) = Prepare(await store.FindActiveAsync(cancellation));
            await StoreThenOfferAsync(net, running, () => Task.CompletedTask);
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
            while (!_restored)
            {
                await Task.Delay(RetryEvery, time, stoppingToken);
                await TryRestoreAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TryRestoreAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (store.MayHoldData && _running.Version is null && await store.FindActiveAsync(cancellation) is { } version)
            {
                var (net, running) = Prepare(version);
                await StoreThenOfferAsync(net, running, () => Task.CompletedTask);
            }

            degradations.Report(Part, null);
            _restored = true;
        }
        catch (FeedbackException problem)
        {
            // Another model has been configured, or a file is gone: that will not mend itself.
            LogCantRestore(problem.Message);
            _restored = true;
        }
        catch (Exception problem) when (Database.IsOutage(problem))
        {
            if (degradations.Report(Part, $"the last known one runs, since {store.Explain(problem)}"))
            {
                LogOutage(problem);
            }
        }
        finally
        {
            _gate.Release();
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

    private (EmotionNet Net, Running Running) Prepare(ModelVersion? version)
    {
        try
        {
            var file = version is null || version.ModelSha256 == model.File.Sha256 ? model.File : folder.Read(version.ModelSha256);
            return (model.Prepare(file, version?.Head), new Running(version, file));
        }
        catch (ModelLoadException problem)
        {
            throw new FeedbackException(FeedbackRefusal.BadModel(problem.Message));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Emotion model version {Version} of {File} runs from the next batch on")]
    private partial void LogRuns(long version, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The promoted version of the emotion model can't run, so the configured model does: {Problem}")]
    private partial void LogCantRestore(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The promoted version of the emotion model can't be looked up; trying again")]
    private partial void LogOutage(Exception problem);

    private sealed record Running(ModelVersion? Version, EmotionModelFile File);
}
