namespace EmotionStream.Faces.Decoding;

/// <summary>How an attempt to read a picture file ended.</summary>
internal enum PictureResult
{
    Decoded,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>It is neither JPEG nor PNG nor WebP.</summary>
    UnknownFormat,

    /// <summary>It is cut short or damaged.</summary>
    Undecodable,

    /// <summary>It announces more pixels than are accepted.</summary>
    TooManyPixels,
}
