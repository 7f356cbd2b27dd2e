using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Enums by name: the one given by <see cref="JsonStringEnumMemberNameAttribute"/>, else the C# name in snake_case.</summary>
internal sealed class EnumSerializer<T> : Serializer<T>
    where T : struct, Enum
{
    private static readonly (T Value, byte[] Name)[] s_names =
        [.. Enum.GetNames<T>().Select(name => (Enum.Parse<T>(name), Encoding.UTF8.GetBytes(NameOnTheWire(name))))];

    public override T Read(ref MessagePackReader reader)
    {
        var found = reader.ReadUtf8();
        foreach (var (value, name) in s_names)
        {
            if (found.SequenceEqual(name))
            {
                return value;
            }
        }

        throw Malformed.Because($"no {typeof(T).Name} has the name that was sent");
    }

    public override void Write(ref MessagePackWriter writer, T value)
    {
        foreach (var (candidate, name) in s_names)
        {
            if (EqualityComparer<T>.Default.Equals(candidate, value))
            {
                writer.WriteUtf8(name);
                return;
            }
        }

        throw new InvalidOperationException($"{value} is not a named value of {typeof(T).Name}.");
    }

    private static string NameOnTheWire(string name) =>
        typeof(T).GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
