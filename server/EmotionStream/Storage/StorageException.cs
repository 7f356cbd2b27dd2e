namespace EmotionStream.Storage;

/// <summary>What is stored can't be used by this version of the program.</summary>
internal sealed class StorageException(string message) : Exception(message);
