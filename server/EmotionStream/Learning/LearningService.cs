using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Models;
using Microsoft.Extensions.Options;

namespace EmotionStream.Learning;

/// <summary>Retrains the emotion head on the corrections on request, one run at a time, with lower priority than frames.</summary>
internal sealed partial class LearningService(
    CorrectionStore corrections, VersionStore store, ModelVersions versions, IOptions<FeedbackOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<LearningService> logger)
{
    // A step computes for some 3 ms; without rests between them, the frames' 99th percentile grows by half (tests/EmotionStream.Benchmarks).
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private readonly Lock _starting = new();
    private volatile LearningState _state = LearningState.Idle;
    private (string Model, ReplaySet Set)? _replay;

    public LearningState State => _state;

    /// <summary>Why nothing can be learned now; null when it can.</summary>
    public string? Unavailable()
    {
        if (!options.Value.Enabled)
        {
            return Refusals.FeedbackOff.Detail;
        }

        try
        {
            _ = Replay();
            return null;
        }
        catch (ReplaySetException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Results of the active file's own head; null without a replay set for it.</summary>
    public HeadFigures? ShippedFigures()
    {
        if (Unavailable() is not null)
        {
            return null;
        }

        var replay = Replay();
        return HeadEvaluation.Figures(versions.File.Head!, replay.HeldOut, replay.HeldOutLabels);
    }

    /// <summary>Starts a retraining; the task ends with it.</summary>
    /// <exception cref="RefusedException">One is already running.</exception>
    public Task Start()
    {
        lock (_starting)
        {
            if (_state.IsRunning)
            {
                throw new RefusedException(Refusals.AlreadyRunning);
            }

            _state = new LearningState(LearningStage.Training);
        }

        return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var cancellation = lifetime.ApplicationStopping;
        try
        {
            var replay = Replay();
            var (file, active) = (versions.File, versions.Head!);
            var (learned, heldOut) = Split(await corrections.ForTrainingAsync(file.Sha256, cancellation));
            var fitted = await OwnThread.RunLowAsync("learning", () => new HeadTrainer(file.Head!, replay.Training, learned).Train(
                progress => _state = new LearningState(LearningStage.Training, progress), () => Thread.Sleep(Rest), cancellation));
            _state = new LearningState(LearningStage.Judging, 1);
            var version = await store.AddAsync(Judge(file, replay, fitted, active, learned, heldOut), file: null, cancellation);
            if (version.Refusal is { } refusal)
            {
                _state = new LearningState(LearningStage.Refused, 1, refusal, version.Id);
                LogRefused(version.Id, refusal);
                return;
            }

            await versions.PromoteAsync(version.Id, cancellation);
            _state = new LearningState(LearningStage.Promoted, 1, Version: version.Id);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _state = LearningState.Idle;
        }
        catch (Exception problem)
        {
            _state = new LearningState(LearningStage.Failed, Detail: problem.Message);
            LogFailed(problem);
        }
    }

    private ModelVersion Judge(
        EmotionModelFile file, ReplaySet replay, EmotionHead fitted, EmotionHead active, List<LabeledFace> learned, List<LabeledFace> heldOut)
    {
        var gate = new PromotionGate(replay, file.Head!, options.Value.MinPeople);
        var head = gate.Shorten(fitted);
        var refusal = gate.Refuse(head, active, heldOut);
        var figures = new VersionFigures(
            learned.Count, learned.Concat(heldOut).DistinctBy(face => face.Contributor).Count(),
            HeadEvaluation.Figures(head, replay.HeldOut, replay.HeldOutLabels), HeadEvaluation.Figures(head, heldOut),
            HeadEvaluation.WeighedAccuracy(active, heldOut), HeadEvaluation.WeighedAccuracy(head, heldOut));
        return new ModelVersion(0, time.GetUtcNow().ToUnixTimeMilliseconds(), ModelVersion.Learned, file.Sha256, file.Name, head, refusal, figures);
    }

    private ReplaySet Replay()
    {
        var file = versions.File;
        if (_replay is not { } known || known.Model != file.Sha256)
        {
            _replay = known = (file.Sha256, ReplaySet.Load(FindReplaySet(), file));
        }

        return known.Set;
    }

    private string FindReplaySet()
    {
        try
        {
            return ModelFiles.Find(options.Value.ReplaySet);
        }
        catch (ModelLoadException problem)
        {
            throw new ReplaySetException($"There is no replay set {options.Value.ReplaySet}; make one with the 'replay' command.", problem);
        }
    }

    private static (List<LabeledFace> Learned, List<LabeledFace> HeldOut) Split(List<Correction> all)
    {
        List<LabeledFace> learned = [], heldOut = [];
        foreach (var correction in all)
        {
            (Correction.IsHeldOut(correction.Id) ? heldOut : learned).Add(new LabeledFace(correction.Contributor, correction.Embedding, correction.Label));
        }

        return (learned, heldOut);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} of the emotion model was learned and not promoted: {Refusal}")]
    private partial void LogRefused(long version, string refusal);

    [LoggerMessage(Level = LogLevel.Error, Message = "A retraining failed; the model stays as it is")]
    private partial void LogFailed(Exception problem);
}
