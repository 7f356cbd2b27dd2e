using Microsoft.Extensions.Options;

namespace EmotionStream.Inference;

/// <summary>Registers the emotion model.</summary>
internal static class InferenceRegistration
{
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<InferenceOptions>, InferenceOptionsValidator>()
            .AddSingleton<EmotionModel>();
    }
}
