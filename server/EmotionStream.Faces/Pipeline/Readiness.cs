namespace EmotionStream.Faces.Pipeline;

/// <summary>Tells whether the server can take frames: once the models are warm, until it begins to stop.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime)
{
    private volatile bool _warm;

    public bool IsReady => _warm && !lifetime.ApplicationStopping.IsCancellationRequested;

    public string Describe() => IsReady ? "ready" : _warm ? "stopping" : "models are warming up";

    public void ModelsAreWarm() => _warm = true;
}
