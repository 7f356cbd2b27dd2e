using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Runs the emotion model over the faces that are waiting, as many at once as there are.</summary>
/// <remarks>The only user of the model, so the model needs no lock.</remarks>
internal sealed partial class InferenceBatch(
    SampleQueue samples, EmotionModel model, IOptions<PipelineOptions> options, EmotionStreamMetrics metrics, TimeProvider time, ILogger<InferenceBatch> logger)
{
    private readonly List<FaceSample> _batch = new(model.MaxBatch);

    /// <summary>Gathers faces and their memories, runs the model, hands each face its reading.</summary>
    public void Run()
    {
        model.TakeOffered();
        Gather();
        if (_batch.Count == 0)
        {
            return;
        }

        var clock = new StageClock(time, metrics, time.GetTimestamp());
        var succeeded = TryRun();
        clock.End(Stages.Infer, out _);
        metrics.BatchRan(_batch.Count);
        for (var i = 0; i < _batch.Count; i++)
        {
            Answer(_batch[i], i, succeeded);
        }

        model.Clear();
        _batch.Clear();
    }

    /// <summary>Live faces first; the others have what is left, but few, since the next frame waits for the whole batch.</summary>
    private void Gather()
    {
        while (_batch.Count < model.MaxBatch && samples.TryTake(out var sample))
        {
            _batch.Add(sample);
        }

        var most = Math.Min(model.MaxBatch, _batch.Count + options.Value.StillsInBatch);
        while (_batch.Count < most && samples.TryTakeBackground(out var sample))
        {
            _batch.Add(sample);
        }
    }

    private bool TryRun()
    {
        try
        {
            foreach (var sample in _batch)
            {
                model.Add(sample.Pixels, (float)sample.Face.Elapsed, sample.State);
            }

            model.Run();
            return true;
        }
        catch (Exception exception)
        {
            LogBatchFailed(_batch.Count, exception);
            return false;
        }
    }

    private void Answer(FaceSample sample, int index, bool succeeded)
    {
        var picture = sample.Picture;
        if (succeeded)
        {
            model.Read(index, sample.Reading);
        }

        if (picture.FaceRead(succeeded))
        {
            picture.Finish(time.GetElapsedTime(picture.QueuedAt).TotalMilliseconds);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The emotion model failed on a batch of {Faces} faces")]
    private partial void LogBatchFailed(int faces, Exception exception);
}
