namespace EmotionStream.Contracts;

/// <summary>What the others in a room see of somebody's readings; the sender's own come back whole in any case.</summary>
public enum Share
{
    /// <summary>Everything but heat maps.</summary>
    Full,

    /// <summary>Only which expression the person's main face appears to show.</summary>
    Badge,

    /// <summary>Nothing, not even that the camera is read.</summary>
    Nothing,
}
