using EmotionStream.Contracts;
using EmotionStream.Frames;
using EmotionStream.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmotionStream.Benchmarks;

/// <summary>The server's own workers and inference loop, fed by streams that send a frame when the one before has been answered.</summary>
internal sealed class StreamingPipeline : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Stream[] _streams;

    private StreamingPipeline(WebApplication app, byte[] picture, int streams)
    {
        _app = app;
        var lanes = app.Services.GetRequiredService<FrameLaneFactory>();
        _streams = [.. Enumerable.Range(0, streams).Select(_ => new Stream(picture, lanes))];
    }

    public static async Task<StreamingPipeline> StartAsync(byte[] picture, int streams)
    {
        var app = EmotionStreamServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        await app.StartAsync();
        return new StreamingPipeline(app, picture, streams);
    }

    /// <summary>Streams at least so many frames and returns how many it was.</summary>
    public async Task<int> RunAsync(int frames)
    {
        await Task.WhenAll(_streams.Select(stream => stream.RunAsync(frames / _streams.Length)));
        return frames / _streams.Length * _streams.Length;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>One sender that never waits and never hurries.</summary>
    private sealed class Stream : IFrameSink
    {
        private readonly byte[] _picture;
        private readonly FrameLane _lane;
        private TaskCompletionSource _done = new();
        private long _sequence;
        private int _left;

        public Stream(byte[] picture, FrameLaneFactory lanes)
        {
            _picture = picture;
            _lane = lanes.Create(this);
        }

        public Task RunAsync(int frames)
        {
            (_left, _done) = (frames, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            Send();
            return _done.Task;
        }

        public void OnMeasured(MeasuredFrame frame)
        {
            if (frame.FaceCount != 1)
            {
                _done.TrySetException(new InvalidOperationException($"Expected one face and found {frame.FaceCount}."));
            }
            else if (--_left == 0)
            {
                _done.TrySetResult();
            }
            else
            {
                Send();
            }
        }

        public void OnRejected(in IncomingFrame frame, RejectionReason reason, string detail) =>
            _done.TrySetException(new InvalidOperationException($"A frame was rejected: {reason} {detail}"));

        private void Send() =>
            _lane.Post(new IncomingFrame(++_sequence, _sequence * 66.7, TimeProvider.System.GetTimestamp(), JpegFrame.Read(_picture.AsSpan())));
    }
}
