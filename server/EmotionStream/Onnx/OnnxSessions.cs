using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace EmotionStream.Onnx;

/// <summary>Opens model files with ONNX Runtime on the device that was asked for, or on the processor when that can't start.</summary>
internal sealed partial class OnnxSessions(ILogger<OnnxSessions> logger)
{
    private const string CudaProvider = "CUDAExecutionProvider";

    private static string CudaLibrary => Path.Combine(AppContext.BaseDirectory, "libonnxruntime_providers_cuda.so");

    public static bool WillTryCuda(OnnxDevice device) => device == OnnxDevice.Cuda || (device == OnnxDevice.Auto && CudaIsInstalled());

    public InferenceSession Open(string path, OnnxDevice device, int threads) =>
        Open(path, options => new InferenceSession(path, options), device, threads);

    /// <summary>Opens a model that is in memory; the path only names it.</summary>
    public InferenceSession Open(byte[] model, string path, OnnxDevice device, int threads) =>
        Open(path, options => new InferenceSession(model, options), device, threads);

    private InferenceSession Open(string path, Func<SessionOptions, InferenceSession> load, OnnxDevice device, int threads)
    {
        if (WillTryCuda(device))
        {
            try
            {
                return Create(load, threads, useCuda: true);
            }
            catch (Exception exception) when (exception is OnnxRuntimeException or ArgumentException)
            {
                LogCudaUnavailable(exception.Message);
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

    private static bool CudaIsInstalled() => File.Exists(CudaLibrary);

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
            UseCuda(options);
        }

        return load(options);
    }

    /// <summary>NuGet's GPU library has CUDA built in; npm's plain one takes it as a plug-in that lies beside it.</summary>
    private static void UseCuda(SessionOptions options)
    {
        var environment = OrtEnv.Instance();
        if (environment.GetAvailableProviders().Contains(CudaProvider))
        {
            options.AppendExecutionProvider_CUDA(0);
            return;
        }

        if (CudaDevices().Length == 0)
        {
            environment.RegisterExecutionProviderLibrary(CudaProvider, CudaLibrary);
        }

        options.AppendExecutionProvider(environment, CudaDevices(), new Dictionary<string, string>());

        OrtEpDevice[] CudaDevices() => [.. environment.GetEpDevices().Where(device => device.EpName == CudaProvider)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "CUDA can't start, so the models run on the processor: {Problem}")]
    private partial void LogCudaUnavailable(string problem);
}
