using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Tests.Format;

/// <summary>The writer's use of the buffers it is given.</summary>
public sealed class WriterTests
{
    [Fact]
    public void Writer_FillsRoomOfAnySize()
    {
        var chunks = new ChunkWriter();
        var writer = new MessagePackWriter(chunks);
        WriteOfEverything(ref writer);
        writer.Flush();

        Assert.Equal(Bytes.Written(WriteOfEverything), chunks.Written);
    }

    private static void WriteOfEverything(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(20);
        writer.WriteMapHeader(70_000);
        writer.WriteNil();
        writer.WriteBoolean(true);
        writer.WriteInteger(-70_000);
        writer.WriteInteger(ulong.MaxValue);
        writer.WriteSingle(1.5f);
        writer.WriteDouble(-1.5);
        writer.WriteString("größer");
        writer.WriteString(new string('x', 5000));
        writer.WriteString(null);
        writer.WriteUtf8("text"u8);
        writer.WriteBinary(new byte[300]);
        writer.WriteExtension(-1, new byte[12]);
        writer.WriteRaw([0xc0]);
    }
}
