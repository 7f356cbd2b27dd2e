namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>Bounds that hold for reading and writing alike.</summary>
internal static class MessagePackLimits
{
    /// <summary>How deep values may nest: System.Text.Json's default, so that both protocols accept the same shapes.</summary>
    public const int MaxDepth = 64;
}
