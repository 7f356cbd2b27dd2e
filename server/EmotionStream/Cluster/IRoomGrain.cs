namespace EmotionStream.Cluster;

/// <summary>One room of the cluster, by its name: who is in it, on which server, and who watches it.</summary>
/// <remarks>
/// What it knows lives in memory only. Every server tells it of its own part once a second and whenever that changes, so a room whose server has
/// failed is complete again a second after it has started on another one.
/// </remarks>
internal interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>Takes in a server's whole part of the room; an empty one ends it.</summary>
    Task<RoomReply> Report(ServerReport report);

    /// <summary>Keeps a place for a camera; false if the room is full.</summary>
    Task<bool> TryEnter(string server, string session);

    /// <summary>Takes a participant into the call, or follows it to its new server; null if the call is full.</summary>
    Task<CallReply?> TryJoin(string server, string participant, string? name);

    Task Leave(string participant);

    /// <summary>Passes a signal on; false if there is no such participant.</summary>
    Task<bool> Signal(string from, string to, string payload);
}
