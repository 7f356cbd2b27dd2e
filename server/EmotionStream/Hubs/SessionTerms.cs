using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Faces;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Hubs;

/// <summary>Tells a sender that has started what it may send, who will judge it, and whether it may object.</summary>
internal sealed class SessionTerms(
    IOptions<SessionsOptions> sessions, IOptions<VisionOptions> vision, IOptions<FeedbackOptions> feedback, EmotionModel emotionModel,
    FaceDetectorModel faceModel)
{
    private readonly SessionLimits _limits = new(
        sessions.Value.MaxFrameBytes, vision.Value.MaxSide, sessions.Value.MaxUnanswered, sessions.Value.MaxFramesPerSecond,
        sessions.Value.ResumeWithin.TotalSeconds);

    private readonly ModelInfo _model = new(emotionModel.Name, Path.GetFileName(faceModel.Path));

    public Started For(Session session, bool resumed) =>
        new(session.Id, session.ResumeToken, resumed, _limits, _model, EmotionLabels.All, feedback.Value.Enabled);
}
