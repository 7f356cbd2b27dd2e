namespace EmotionStream.Archive;

/// <summary>Why a kept face can't be shown. The face can still be deleted in every case.</summary>
internal enum DecryptionProblem
{
    /// <summary>The server no longer has a key.</summary>
    NoKey,

    /// <summary>It was kept under another key.</summary>
    OtherKey,

    /// <summary>The bytes were changed, or moved to another row.</summary>
    Damaged,
}
