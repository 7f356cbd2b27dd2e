using EmotionStream.Faces;

namespace EmotionStream.Rooms;

/// <summary>Registers the rooms and what guards them.</summary>
internal static class RoomsRegistration
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddValidated<RoomsOptions, RoomsOptionsValidator>(RoomsOptions.Section);
        return services
            .AddSingleton<RoomRegistry>()
            .AddSingleton<Calls>()
            .AddSingleton<RoomTokens>()
            .AddSingleton<RoomAccess>()
            .AddPeriodic<Calls>(TimeSpan.FromSeconds(1), calls => calls.EndAbandoned());
    }
}
