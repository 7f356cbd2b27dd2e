using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>What the protocols let through in the place of an argument: nothing at all.</summary>
internal static class Arguments
{
    /// <exception cref="HubException">The argument is null.</exception>
    public static T Given<T>(T? argument)
        where T : class => argument ?? throw new HubException("bad_request: The call lacks an argument.");
}
