using EmotionStream.Sessions;

namespace EmotionStream.Cluster;

/// <summary>One server of the cluster, by its address: what the others tell it and ask of it.</summary>
internal interface IServerGrain : IGrainWithStringKey
{
    /// <summary>A room's people on the other servers, at the rate that this one asked for.</summary>
    Task Show(string room, RoomView view);

    /// <summary>How often viewers on other servers want to see a room.</summary>
    Task Want(string room, double rateHz);

    /// <summary>News for this server's participants of a call.</summary>
    Task Tell(string room, CallNews[] news);

    /// <summary>Another server has gone on with the holder of that token, or has ended it.</summary>
    Task LetGo(Stay stay, string tokenHash, bool hasEnded);

    /// <summary>How full it is.</summary>
    Task<ServerState> Describe();

    Task<FaceCopy?> FindFace(string tokenHash, string face, double? capturedAt);

    Task<FaceCopy?> FindStillFace(string token);

    /// <summary>Holds crops for the face archive, or with null only looks; false if there is no such session.</summary>
    Task<bool> HoldCrops(string tokenHash, string? contributor);
}
