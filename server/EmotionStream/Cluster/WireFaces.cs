using EmotionStream.Contracts;
using EmotionStream.Hubs.Wire;
using EmotionStream.Rooms;
using MessagePack;

namespace EmotionStream.Cluster;

/// <summary>A room's people on their way between servers.</summary>
/// <remarks>Readings travel as the bytes that viewers would get: the room in between passes them on unread.</remarks>
internal static class WireFaces
{
    public static PersonEntry Write(RemotePerson person, TimeProvider time) => new(
        person.Id,
        person.Name,
        person.Share,
        person.Since.ToUnixTimeMilliseconds(),
        person.Moves,
        person.Dominant,
        person.Newest is null ? null : MessagePackSerializer.Serialize(person.Newest.Faces, WireMessagePack.Options),
        person.Newest is null ? 0 : time.GetElapsedTime(person.Newest.At).TotalMilliseconds);

    public static RemotePerson Read(PersonEntry entry, TimeProvider time)
    {
        var newest = entry.Faces is null ? null : new Reading(
            MessagePackSerializer.Deserialize<IReadOnlyList<FaceReading>>(entry.Faces, WireMessagePack.Options),
            time.GetTimestamp() - (long)(entry.AgeMs / 1000 * time.TimestampFrequency));
        return new RemotePerson(
            entry.Id, entry.Name, entry.Share, DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Since), entry.Moves, entry.Dominant, newest);
    }
}
