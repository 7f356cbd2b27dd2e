namespace EmotionStream.SignalR.MessagePack.Messages;

/// <summary>What a completion carries, as the number on the wire.</summary>
internal enum CompletionKind
{
    Error = 1,
    Void = 2,
    Value = 3,
}
