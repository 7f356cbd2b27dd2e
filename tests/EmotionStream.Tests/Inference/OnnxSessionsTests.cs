using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests.Inference;

/// <summary>These builds have no CUDA, so asking for it falls back to the processor.</summary>
public class OnnxSessionsTests
{
    [Fact]
    public void Cuda_ThatCannotStart_FallsBackWithOneWarning()
    {
        var logs = new ListLogger();
        var sessions = new OnnxSessions(logs);
        var path = ModelFiles.Find("models/emotion.onnx");

        for (var opened = 0; opened < 2; opened++)
        {
            using var session = sessions.Open(File.ReadAllBytes(path), path, OnnxDevice.Cuda, threads: 1);
            Assert.Contains("maps", session.OutputMetadata.Keys);
        }

        Assert.False(sessions.UsesCuda(OnnxDevice.Cuda));
        Assert.Contains("-p:Gpu=true", Assert.Single(logs.Lines));
    }

    [Fact]
    public void Auto_WithoutCudaInTheBuild_SaysNothing()
    {
        var logs = new ListLogger();

        Assert.False(new OnnxSessions(logs).UsesCuda(OnnxDevice.Auto));

        Assert.Empty(logs.Lines);
    }

    private sealed class ListLogger : ILogger<OnnxSessions>
    {
        public List<string> Lines { get; } = [];

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
