using EmotionStream.Faces;

namespace EmotionStream.Limits;

/// <summary>Registers the limits of callers.</summary>
internal static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddValidated<LimitsOptions, LimitsOptionsValidator>(LimitsOptions.Section);
        return services
            .AddSingleton<QuotaTable>()
            .AddPeriodic<QuotaTable>(TimeSpan.FromMinutes(1), quotas => quotas.Sweep());
    }
}
