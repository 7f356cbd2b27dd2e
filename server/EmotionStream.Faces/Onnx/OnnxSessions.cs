using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace EmotionStream.Faces.Onnx;

/// <summary>Opens model files with ONNX Runtime on the device that was asked for, or on the processor when that can't start.</summary>
internal sealed partial class OnnxSessions(ILogger<OnnxSessions> logger)
{
    private static readonly Lazy<string?> CudaProblem = new(FindCudaProblem);

    private int _warned;

    private static bool CudaIsBuiltIn => OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");

    /// <summary>Whether models are opened on CUDA first. Where it is wanted and can't start, this warns once.</summary>
    public bool UsesCuda(OnnxDevice device)
    {
        if (device == OnnxDevice.Cpu || (device == OnnxDevice.Auto && !CudaIsBuiltIn))
        {
            return false;
        }

        if (CudaProblem.Value is { } problem)
        {
            WarnOnce(problem);
        }

        return CudaProblem.Value is null;
    }

    /// <param name="model">The file's content.</param>
    /// <param name="path">Names it where it can't be used.</param>
    public InferenceSession Open(byte[] model, string path, OnnxDevice device, int threads) =>
        Open(path, options => new InferenceSession(model, options), device, threads);

    private InferenceSession Open(string path, Func<SessionOptions, InferenceSession> load, OnnxDevice device, int threads)
    {
        if (UsesCuda(device))
        {
            try
            {
                return Create(load, threads, useCuda: true);
            }
            catch (OnnxRuntimeException exception)
            {
                WarnOnce(exception.Message);
            }
        }

        try
        {
            return Create(load, threads, useCuda: false);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException(path, $"ONNX Runtime can't read it ({exception.Message})", exception);
        }
    }

    private static InferenceSession Create(Func<SessionOptions, InferenceSession> load, int threads, bool useCuda)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Spinning threads would burn the cores that decode and detect meanwhile.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (useCuda)
        {
            options.AppendExecutionProvider_CUDA();
        }

        return load(options);
    }

    /// <summary>Why CUDA can't start; null where it can.</summary>
    private static string? FindCudaProblem()
    {
        if (!CudaIsBuiltIn)
        {
            return "it is not in this build; build with -p:Gpu=true.";
        }

        try
        {
            using var options = new SessionOptions();
            options.AppendExecutionProvider_CUDA();
            return null;
        }
        catch (OnnxRuntimeException problem)
        {
            return problem.Message;
        }
    }

    private void WarnOnce(string problem)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            LogCudaUnavailable(problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "CUDA can't start, so the models run on the processor: {Problem}")]
    private partial void LogCudaUnavailable(string problem);
}
