namespace EmotionStream.Vision;

/// <summary>How an attempt to decode a frame ended.</summary>
internal enum DecodeResult
{
    /// <summary>The whole picture was decoded without a warning.</summary>
    Decoded,

    /// <summary>The bytes are no JPEG, or one that is cut short or damaged.</summary>
    Undecodable,

    /// <summary>The header announces more pixels than are accepted.</summary>
    TooLarge,
}
