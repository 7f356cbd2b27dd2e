namespace EmotionStream.Fuzz.Targets;

/// <summary>Changes one field of a protocol buffer, however deep, and makes the lengths around it right; else next to no change would be read.</summary>
internal static class ProtobufMutator
{
    public static byte[] Mutate(byte[] message, byte[] other, Mutator mutator)
    {
        var fields = Fields(message);
        if (fields is not { Count: > 0 })
        {
            return mutator.Mutate(message, other);
        }

        var random = mutator.Random;
        var chosen = random.Next(fields.Count);
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(chosen);
                break;
            case 1:
                fields.Insert(random.Next(fields.Count), fields[chosen]);
                break;
            case 2:
                (fields[0], fields[chosen]) = (fields[chosen], fields[0]);
                break;
            default:
                var field = fields[chosen];
                fields[chosen] = field with { Body = field.IsLong ? Mutate(field.Body, other, mutator) : Varint((ulong)random.NextInt64() >> random.Next(64)) };
                break;
        }

        return [.. fields.SelectMany(field => field.IsLong ? [.. field.Tag, .. Varint((ulong)field.Body.Length), .. field.Body] : (byte[])[.. field.Tag, .. field.Body])];
    }

    /// <summary>Null where the bytes are no message of numbers and nested fields.</summary>
    private static List<Field>? Fields(ReadOnlySpan<byte> message)
    {
        List<Field> fields = [];
        while (!message.IsEmpty)
        {
            var tag = Take(ref message, VarintLength(message));
            switch (tag.Length == 0 ? -1 : tag[0] & 7)
            {
                case 0 when VarintLength(message) is > 0 and var length:
                    fields.Add(new Field(tag, Take(ref message, length), IsLong: false));
                    break;
                case 2 when VarintLength(message) is > 0 and < 4 and var prefix:
                    var size = 0;
                    foreach (var (index, part) in Take(ref message, prefix).Index())
                    {
                        size |= (part & 0x7F) << (7 * index);
                    }

                    if (size > message.Length)
                    {
                        return null;
                    }

                    fields.Add(new Field(tag, Take(ref message, size), IsLong: true));
                    break;
                default:
                    return null;
            }
        }

        return fields;
    }

    private static byte[] Take(ref ReadOnlySpan<byte> bytes, int length)
    {
        var taken = bytes[..length].ToArray();
        bytes = bytes[length..];
        return taken;
    }

    private static int VarintLength(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < Math.Min(bytes.Length, 10); at++)
        {
            if (bytes[at] < 0x80)
            {
                return at + 1;
            }
        }

        return 0;
    }

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private sealed record Field(byte[] Tag, byte[] Body, bool IsLong);
}
