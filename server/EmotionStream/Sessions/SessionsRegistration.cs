using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>Registers sessions and what ends them.</summary>
internal static class SessionsRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionsOptions>().BindConfiguration(SessionsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<SessionsOptions>, SessionsOptionsValidator>()
            .AddSingleton<FrameTraces>()
            .AddSingleton<SessionRegistry>()
            .AddHostedService<SessionReaper>()
            .AddHostedService<SessionDrain>();
    }
}
