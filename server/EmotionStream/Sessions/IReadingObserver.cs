using EmotionStream.Contracts;

namespace EmotionStream.Sessions;

/// <summary>Learns what a session measures, besides its sender.</summary>
/// <remarks>Called on the frames' own way: no call may wait.</remarks>
internal interface IReadingObserver
{
    void OnMeasured(Measured measured);

    /// <summary>The session has ended; may come more than once, and a last reading may come after it.</summary>
    void OnEnded();
}
