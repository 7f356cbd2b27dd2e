namespace EmotionStream.Chaos;

/// <summary>Something that had to hold under a fault did not.</summary>
internal sealed class ChaosException(string message) : Exception(message);
