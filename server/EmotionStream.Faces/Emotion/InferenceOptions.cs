using System.ComponentModel.DataAnnotations;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Emotion;

/// <summary>Which emotion model runs, and where.</summary>
internal sealed class InferenceOptions
{
    public const string Section = "Inference";

    /// <summary>The emotion model's file; relative paths start at the program's folder.</summary>
    [Required]
    public string EmotionModel { get; set; } = "models/emotion.onnx";

    /// <summary>auto (CUDA where the build has it), cpu, or cuda; the first and the last fall back to the processor with one warning.</summary>
    public OnnxDevice Device { get; set; } = OnnxDevice.Auto;

    /// <summary>auto (8-bit integers where they are faster), float, or int8.</summary>
    public EmotionPrecision Precision { get; set; } = EmotionPrecision.Auto;

    /// <summary>auto (everyday for a face at rest, balanced for one that has moved away from its rest), everyday, or balanced.</summary>
    public EmotionPrior Prior { get; set; } = EmotionPrior.Auto;

    /// <summary>Faces in one run at most.</summary>
    [Range(1, 1024)]
    public int MaxBatch { get; set; } = 32;

    /// <summary>Threads of one run; 0 takes a quarter of the cores, since the frame workers use all of them.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    public int ThreadsOrDefault => Threads > 0 ? Threads : Math.Max(1, Environment.ProcessorCount / 4);
}

/// <summary>Checks <see cref="InferenceOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class InferenceOptionsValidator : IValidateOptions<InferenceOptions>;
