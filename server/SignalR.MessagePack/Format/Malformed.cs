namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>Makes the one exception type with which broken or unsuitable bytes are answered.</summary>
internal static class Malformed
{
    public static InvalidDataException Because(string reason, Exception? inner = null) => new($"MessagePack: {reason}.", inner);

    public static InvalidDataException Truncated() => Because("the data ends inside a value");

    public static InvalidDataException Unexpected(byte code, string expected) =>
        Because($"expected {expected} but found {MessagePackCode.KindOf(code)} (0x{code:X2})");

    public static InvalidDataException DoesNotFit(Type target) => Because($"the number does not fit {target.Name}");
}
