using System.Runtime.InteropServices;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Reads and writes the items that every kind of list shares.</summary>
internal static class Items
{
    // A header of five bytes may promise as many items as bytes were sent; the array grows with what is really there.
    private const int FirstCapacity = 64;

    public static T[] Read<T>(ref MessagePackReader reader, Serializer<T> item)
    {
        var count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return [];
        }

        reader.Enter();
        var items = new T[Math.Min(count, FirstCapacity)];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length)
            {
                Array.Resize(ref items, (int)Math.Min(count, 2L * i));
            }

            items[i] = item.Read(ref reader)!;
        }

        reader.Leave();
        return items;
    }

    public static void Write<T>(ref MessagePackWriter writer, Serializer<T> item, ReadOnlySpan<T> values)
    {
        writer.WriteArrayHeader(values.Length);
        writer.Enter();
        foreach (var value in values)
        {
            item.Write(ref writer, value);
        }

        writer.Leave();
    }
}

/// <summary>Arrays of one dimension.</summary>
internal sealed class ArraySerializer<T>(Serializer<T> item) : Serializer<T[]>
{
    public override T[]? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Items.Read(ref reader, item);

    public override void Write(ref MessagePackWriter writer, T[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        Items.Write(ref writer, item, value);
    }
}

/// <summary>Lists whose items lie in memory side by side.</summary>
internal sealed class MemorySerializer<T>(Serializer<T> item) : Serializer<ReadOnlyMemory<T>>
{
    public override ReadOnlyMemory<T> Read(ref MessagePackReader reader) => reader.TryReadNil() ? default : Items.Read(ref reader, item);

    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<T> value) => Items.Write(ref writer, item, value.Span);
}

/// <summary>Every other sequence: written whatever it is, read where a <see cref="List{T}"/> or an array can stand for it.</summary>
internal sealed class SequenceSerializer<TSequence, T>(Serializer<T> item) : Serializer<TSequence>
    where TSequence : IEnumerable<T>
{
    private static readonly bool s_isList = typeof(TSequence).IsAssignableFrom(typeof(List<T>));

    public override TSequence? Read(ref MessagePackReader reader)
    {
        if (default(TSequence) is null && reader.TryReadNil())
        {
            return default;
        }

        return s_isList
            ? (TSequence)(object)new List<T>(Items.Read(ref reader, item))
            : throw new NotSupportedException($"{typeof(TSequence)} can be sent but not received; List<T> and its interfaces can.");
    }

    public override void Write(ref MessagePackWriter writer, TSequence? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case T[] array:
                Items.Write(ref writer, item, array);
                break;
            case List<T> list:
                Items.Write(ref writer, item, CollectionsMarshal.AsSpan(list));
                break;
            default:
                Items.Write(ref writer, item, value.ToArray());
                break;
        }
    }
}
