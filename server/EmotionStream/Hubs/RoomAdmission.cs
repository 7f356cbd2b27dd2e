using EmotionStream.Contracts;
using EmotionStream.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>Decides whether a hub's caller may enter a room.</summary>
internal sealed class RoomAdmission(RoomAccess access)
{
    /// <summary>Lets a caller in, until the time that is returned.</summary>
    /// <exception cref="RefusedException">The caller may not enter.</exception>
    public DateTimeOffset Admit(HubCallerContext caller, string room, RoomRole role, string? token)
    {
        var isLocal = caller.GetHttpContext() is { } http && LocalUser.Is(http);
        return access.Check(room, role, token, isLocal, out var until) is { } refusal ? throw new RefusedException(refusal) : until;
    }
}
