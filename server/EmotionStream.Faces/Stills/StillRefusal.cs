namespace EmotionStream.Faces.Stills;

/// <summary>Why a picture was not measured.</summary>
internal enum StillRefusal
{
    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>It is neither JPEG nor PNG nor WebP.</summary>
    NotAPicture,

    /// <summary>It is cut short or damaged.</summary>
    Undecodable,

    /// <summary>It has more bytes than are taken.</summary>
    TooLarge,

    /// <summary>It announces more pixels than are taken.</summary>
    TooManyPixels,

    /// <summary>Too many pictures are waiting, or the server is stopping.</summary>
    Busy,

    /// <summary>The server failed on it through no fault of the sender.</summary>
    Failed,
}

/// <summary>A picture was refused while its bytes came in.</summary>
internal sealed class StillRefusedException(StillRefusal refusal) : Exception(refusal.ToString())
{
    public StillRefusal Refusal => refusal;
}
