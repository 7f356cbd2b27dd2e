namespace EmotionStream.Faces.Pipeline;

/// <summary>A picture whose faces are with the emotion model: a session's frame, or a still.</summary>
internal interface ISampledPicture
{
    /// <summary>When its samples were ready for the emotion model.</summary>
    long QueuedAt { get; }

    /// <summary>One of its faces has been read, or the model failed on it; true when it was the last.</summary>
    bool FaceRead(bool succeeded);

    /// <summary>All its faces have been through the model, which took so long, waiting included.</summary>
    void Finish(double inferMilliseconds);
}
