using EmotionStream.Vision.Pictures;
using Microsoft.Extensions.Options;

namespace EmotionStream.Vision;

/// <summary>Registers what turns a frame's bytes into followed, cut-out faces.</summary>
internal static class VisionRegistration
{
    /// <summary>The model is shared; decoders, detectors and croppers hold buffers and are made for each worker; searches, for each session.</summary>
    public static IServiceCollection AddVision(this IServiceCollection services)
    {
        services.AddOptions<VisionOptions>().BindConfiguration(VisionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VisionOptions>, VisionOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<VisionOptions>>().Value);
        services.AddSingleton<FaceDetectorModel>();
        services.AddTransient(provider => PictureDecoder.ForFrames(provider.GetRequiredService<VisionOptions>()));
        services.AddTransient<FaceDetector>();
        services.AddTransient<FaceCropper>();
        return services;
    }
}
