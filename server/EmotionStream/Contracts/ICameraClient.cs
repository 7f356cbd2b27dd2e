namespace EmotionStream.Contracts;

/// <summary>What the camera hub calls on its clients.</summary>
public interface ICameraClient
{
    Task Measured(Measured measured);

    Task Rejected(Rejected rejected);

    Task Stopping(Stopping stopping);
}
