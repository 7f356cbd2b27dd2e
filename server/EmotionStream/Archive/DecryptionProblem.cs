namespace EmotionStream.Archive;

/// <summary>Why a kept face can't be shown: a word that stays the same. Whatever it is, the face can still be deleted.</summary>
internal enum DecryptionProblem
{
    /// <summary>The server has no key any more.</summary>
    NoKey,

    /// <summary>It was kept under another key.</summary>
    OtherKey,

    /// <summary>It is not what was kept, or stands in another's place.</summary>
    Damaged,
}
