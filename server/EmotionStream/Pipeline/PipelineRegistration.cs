using EmotionStream.Inference;
using EmotionStream.Telemetry;
using EmotionStream.Vision;
using Microsoft.Extensions.Options;

namespace EmotionStream.Pipeline;

/// <summary>Registers queues, workers and the inference loop.</summary>
internal static class PipelineRegistration
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddOptions<PipelineOptions>().BindConfiguration(PipelineOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsValidator>()
            .AddSingleton<ReadyQueue>()
            .AddSingleton<SampleQueue>()
            .AddSingleton<Readiness>()
            .AddSingleton<FrameLaneFactory>()
            .AddTransient<FramePipeline>()
            .AddSingleton<Func<FramePipeline>>(provider => provider.GetRequiredService<FramePipeline>)
            .AddHostedService<InferenceLoop>()
            .AddHostedService<FrameWorkers>();
    }
}
