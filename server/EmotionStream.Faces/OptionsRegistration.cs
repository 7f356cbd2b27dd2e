using Microsoft.Extensions.Options;

namespace EmotionStream.Faces;

/// <summary>Registers option classes.</summary>
internal static class OptionsRegistration
{
    /// <summary>Binds a section of the configuration and checks it when the host starts.</summary>
    public static IServiceCollection AddValidated<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
