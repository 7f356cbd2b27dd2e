using EmotionStream.Faces.Decoding;

namespace EmotionStream.Faces.Pipeline;

/// <summary>What became of a picture.</summary>
internal enum PictureOutcome
{
    /// <summary>Its faces have been read; nobody in it is no faces.</summary>
    Measured,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>It is in no format that its source may send.</summary>
    NotAPicture,

    /// <summary>It is cut short or damaged.</summary>
    Undecodable,

    /// <summary>It announces more pixels than are taken.</summary>
    TooManyPixels,

    /// <summary>Too much is waiting, or the server is stopping.</summary>
    Busy,

    /// <summary>The server failed on it through no fault of the sender.</summary>
    Failed,
}

/// <summary>What a decoder's answer means for the picture.</summary>
internal static class PictureOutcomes
{
    public static PictureOutcome Of(PictureResult result) => result switch
    {
        PictureResult.Decoded => PictureOutcome.Measured,
        PictureResult.Empty => PictureOutcome.Empty,
        PictureResult.UnknownFormat => PictureOutcome.NotAPicture,
        PictureResult.TooManyPixels => PictureOutcome.TooManyPixels,
        _ => PictureOutcome.Undecodable,
    };
}
