namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>The first byte of every MessagePack value, as listed in the public MessagePack specification.</summary>
internal static class MessagePackCode
{
    public const byte MaxFixPositive = 0x7f;
    public const byte FixMap = 0x80;
    public const byte MaxFixMap = 0x8f;
    public const byte FixArray = 0x90;
    public const byte MaxFixArray = 0x9f;
    public const byte FixString = 0xa0;
    public const byte MaxFixString = 0xbf;
    public const byte Nil = 0xc0;
    public const byte NeverUsed = 0xc1;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Binary8 = 0xc4;
    public const byte Binary16 = 0xc5;
    public const byte Binary32 = 0xc6;
    public const byte Extension8 = 0xc7;
    public const byte Extension16 = 0xc8;
    public const byte Extension32 = 0xc9;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte FixExtension1 = 0xd4;
    public const byte FixExtension2 = 0xd5;
    public const byte FixExtension4 = 0xd6;
    public const byte FixExtension8 = 0xd7;
    public const byte FixExtension16 = 0xd8;
    public const byte String8 = 0xd9;
    public const byte String16 = 0xda;
    public const byte String32 = 0xdb;
    public const byte Array16 = 0xdc;
    public const byte Array32 = 0xdd;
    public const byte Map16 = 0xde;
    public const byte Map32 = 0xdf;
    public const byte MinFixNegative = 0xe0;

    /// <summary>What kind of value starts with this byte.</summary>
    public static MessagePackKind KindOf(byte code) => code switch
    {
        <= MaxFixPositive or >= MinFixNegative => MessagePackKind.Integer,
        <= MaxFixMap or Map16 or Map32 => MessagePackKind.Map,
        <= MaxFixArray or Array16 or Array32 => MessagePackKind.Array,
        <= MaxFixString or String8 or String16 or String32 => MessagePackKind.String,
        Nil => MessagePackKind.Nil,
        NeverUsed => throw Malformed.Because("the byte 0xC1 starts no MessagePack value"),
        False or True => MessagePackKind.Boolean,
        Binary8 or Binary16 or Binary32 => MessagePackKind.Binary,
        Float32 or Float64 => MessagePackKind.Float,
        >= UInt8 and <= Int64 => MessagePackKind.Integer,
        _ => MessagePackKind.Extension,
    };
}
