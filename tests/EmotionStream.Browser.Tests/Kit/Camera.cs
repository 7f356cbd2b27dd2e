namespace EmotionStream.Browser.Tests.Kit;

/// <summary>What a browser answers when a page asks for a camera.</summary>
public enum Camera
{
    /// <summary>A camera that plays <see cref="FaceClip"/>.</summary>
    Clip,

    /// <summary>There is no camera.</summary>
    None,

    /// <summary>There is one, and the person says no.</summary>
    Refused,
}
