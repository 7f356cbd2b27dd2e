namespace EmotionStream.Faces.Emotion;

/// <summary>What the emotion model remembers of one face, for another server that goes on with it.</summary>
internal sealed record FaceMemory(int FaceId, float[] Hidden, float[] Cell);
