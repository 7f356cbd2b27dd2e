namespace EmotionStream.Faces.Pipeline;

/// <summary>Who goes first where pictures wait.</summary>
internal enum PicturePriority
{
    /// <summary>Somebody watches: frames of cameras.</summary>
    Live,

    /// <summary>Takes what live pictures leave: stills and clips.</summary>
    Background,
}
