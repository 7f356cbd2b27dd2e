using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Registers the rooms and what guards them.</summary>
internal static class RoomsRegistration
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddOptions<RoomsOptions>().BindConfiguration(RoomsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RoomsOptions>, RoomsOptionsValidator>()
            .AddSingleton<RoomRegistry>()
            .AddSingleton<RoomTokens>()
            .AddSingleton<RoomAccess>()
            .AddHostedService<CallReaper>();
    }
}
