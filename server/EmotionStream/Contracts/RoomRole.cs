namespace EmotionStream.Contracts;

/// <summary>What a room token allows.</summary>
public enum RoomRole
{
    /// <summary>To be analysed in the room, and to join its call.</summary>
    Source,

    /// <summary>To watch the room.</summary>
    Viewer,
}
