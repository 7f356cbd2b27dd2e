using EmotionStream.Contracts;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Takes the one answer that every accepted frame gets.</summary>
internal interface IFrameSink
{
    /// <summary>The frame's readings; they are overwritten once the call returns.</summary>
    void OnMeasured(in IncomingFrame frame, Picture picture);

    void OnRejected(in IncomingFrame frame, RejectionReason reason, string detail);
}
