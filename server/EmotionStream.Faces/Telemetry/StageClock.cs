namespace EmotionStream.Faces.Telemetry;

/// <summary>Splits a stretch of time into stages, each recorded where it ends.</summary>
internal struct StageClock(TimeProvider time, EmotionStreamMetrics metrics, long startedAt)
{
    private long _stageStartedAt = startedAt;

    /// <summary>Ends the stage that began with the last call, records how many milliseconds it took, and returns the current time stamp.</summary>
    public long End(string stage, out double milliseconds)
    {
        var now = time.GetTimestamp();
        var took = time.GetElapsedTime(_stageStartedAt, now);
        metrics.StageTook(stage, took);
        milliseconds = took.TotalMilliseconds;
        return _stageStartedAt = now;
    }
}
