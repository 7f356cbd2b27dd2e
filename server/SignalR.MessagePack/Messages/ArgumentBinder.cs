using EmotionStream.SignalR.MessagePack.Format;
using EmotionStream.SignalR.MessagePack.Serialization;

namespace EmotionStream.SignalR.MessagePack.Messages;

/// <summary>Turns the arguments of a call into the types that its method takes.</summary>
internal sealed class ArgumentBinder(SerializerRegistry registry)
{
    /// <summary>Reads all arguments; if one can't be read, those before it that hold resources are disposed.</summary>
    public object?[] Bind(ref MessagePackReader reader, IReadOnlyList<Type> types)
    {
        var count = reader.ReadArrayHeader();
        if (count != types.Count)
        {
            throw Malformed.Because($"the call has {count} argument(s) but its target takes {types.Count}");
        }

        reader.Enter();
        var arguments = count == 0 ? [] : new object?[count];
        try
        {
            for (var i = 0; i < count; i++)
            {
                arguments[i] = registry.Get(types[i]).ReadObject(ref reader);
            }
        }
        catch
        {
            Release(arguments);
            throw;
        }

        return arguments;
    }

    private static void Release(object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            (argument as IDisposable)?.Dispose();
        }
    }
}
