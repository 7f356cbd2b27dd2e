namespace EmotionStream.Onnx;

/// <summary>Registers what opens model files.</summary>
internal static class OnnxRegistration
{
    public static IServiceCollection AddOnnx(this IServiceCollection services) => services.AddSingleton<OnnxSessions>();
}
