using EmotionStream.Faces.Decoding;
using MessagePack;
using MessagePack.Formatters;

namespace EmotionStream.Hubs.Wire;

/// <summary>Reads a frame's bytes from the transport's buffers straight into a rented one.</summary>
/// <remarks>As byte[] every frame over 85,000 bytes would go to the large object heap, which only full collections empty.</remarks>
internal sealed class JpegFrameFormatter(FrameBuffers buffers) : IMessagePackFormatter<JpegFrame?>
{
    public void Serialize(ref MessagePackWriter writer, JpegFrame? value, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Frames are received, never sent.");

    public JpegFrame? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.NextMessagePackType switch
    {
        // The reader would take text for bytes.
        MessagePackType.String => throw new MessagePackSerializationException("A frame is binary data."),
        _ => reader.ReadBytes() is { } bytes ? JpegFrame.Read(bytes, buffers) : null,
    };
}
