using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Sessions;

/// <summary>What a sender said of itself when it started.</summary>
internal sealed record SenderProfile(Purpose Purpose, string? Room, string? Name, bool WantHeatmap, Share Share = Share.Full, RestFace? RestFace = null);
