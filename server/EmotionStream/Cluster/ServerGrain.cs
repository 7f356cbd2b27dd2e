using EmotionStream.Sessions;
using Orleans.Concurrency;

namespace EmotionStream.Cluster;

/// <inheritdoc cref="IServerGrain"/>
[ServerPlacement, Reentrant]
internal sealed class ServerGrain(ClusterRooms rooms, OwnStays stays, ClusterAdmission admission) : Grain, IServerGrain
{
    public Task Show(string room, RoomView view)
    {
        rooms.Show(room, view);
        return Task.CompletedTask;
    }

    public Task Want(string room, double rateHz)
    {
        rooms.Want(room, rateHz);
        return Task.CompletedTask;
    }

    public Task Tell(string room, CallNews[] news)
    {
        rooms.Tell(room, news);
        return Task.CompletedTask;
    }

    public Task LetGo(Stay stay, string tokenHash, bool hasEnded)
    {
        stays.LetGo(stay, tokenHash, hasEnded);
        return Task.CompletedTask;
    }

    public Task<ServerState> Describe() => Task.FromResult(admission.State);

    public Task<FaceCopy?> FindFace(string tokenHash, string face, double? capturedAt) => Task.FromResult(stays.FindFace(tokenHash, face, capturedAt));

    public Task<FaceCopy?> FindStillFace(string token) => Task.FromResult(stays.FindStillFace(token));

    public Task<bool> HoldCrops(string tokenHash, string? contributor) => Task.FromResult(stays.HoldCrops(tokenHash, contributor));
}
