using EmotionStream.Contracts;
using EmotionStream.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>Where a hub's caller is let into a room or told why not.</summary>
internal sealed class RoomDoor(RoomAccess access)
{
    /// <summary>Lets a caller in, until the time that is returned.</summary>
    /// <exception cref="HubException">The caller may not enter; the text begins with a code word.</exception>
    public DateTimeOffset Admit(HubCallerContext caller, string room, RoomRole role, string? token)
    {
        var isLocal = caller.GetHttpContext() is { } http && LocalUser.Is(http);
        Require(access.Check(room, role, token, isLocal, out var until));
        return until;
    }

    /// <exception cref="HubException">There is a refusal.</exception>
    public static void Require(RoomRefusal? refusal)
    {
        if (refusal is not null)
        {
            throw new HubException($"{refusal.Code}: {refusal.Detail}");
        }
    }
}
