using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Hubs.Wire;

/// <summary>Reads a frame's bytes from the base64 text of JSON clients, straight into a rented buffer.</summary>
internal sealed class JpegFrameJsonConverter(FrameBuffers buffers) : JsonConverter<JpegFrame>
{
    public override JpegFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A frame is base64 text.");
        }

        return (reader.HasValueSequence || reader.ValueIsEscaped ? Unescape(ref reader) : JpegFrame.FromBase64(reader.ValueSpan, buffers))
            ?? throw new JsonException("The frame's text is not base64.");
    }

    public override void Write(Utf8JsonWriter writer, JpegFrame value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames are received, never sent.");

    /// <summary>Some serializers escape '+' and '/', and a long text may lie in several buffers.</summary>
    private JpegFrame? Unescape(ref Utf8JsonReader reader)
    {
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return JpegFrame.FromBase64(buffer.AsSpan(0, reader.CopyString(buffer)), buffers);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
