namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>The families of MessagePack values, whatever the size of their header.</summary>
internal enum MessagePackKind
{
    Nil,
    Boolean,
    Integer,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}
