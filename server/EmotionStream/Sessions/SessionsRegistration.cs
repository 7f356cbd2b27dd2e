using EmotionStream.Faces;

namespace EmotionStream.Sessions;

/// <summary>Registers sessions and what ends them.</summary>
internal static class SessionsRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddValidated<SessionsOptions, SessionsOptionsValidator>(SessionsOptions.Section);
        return services
            .AddSingleton<FrameTraces>()
            .AddSingleton<SessionRegistry>()
            .AddPeriodic<SessionRegistry>(TimeSpan.FromSeconds(1), sessions => sessions.EndAbandoned())
            .AddHostedService<SessionDrain>();
    }
}
