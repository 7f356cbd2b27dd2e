namespace EmotionStream.Vision;

/// <summary>Says why a file can't serve as the face detector.</summary>
internal sealed class FaceModelException(string path, string problem, Exception? cause = null)
    : Exception($"The face model '{path}' can't be used: {problem}", cause);
