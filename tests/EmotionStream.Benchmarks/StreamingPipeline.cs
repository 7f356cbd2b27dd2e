using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmotionStream.Benchmarks;

/// <summary>The server's own workers and inference loop, fed by streams that send a frame when the one before has been answered.</summary>
internal sealed class StreamingPipeline : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<Stream> _streams = [];
    private readonly byte[] _picture;

    private StreamingPipeline(WebApplication app, byte[] picture) => (_app, _picture) = (app, picture);

    /// <param name="settings">As on the server's command line.</param>
    public static async Task<StreamingPipeline> StartAsync(byte[] picture, params string[] settings)
    {
        var app = EmotionStreamServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. settings]);
        await app.StartAsync();
        return new StreamingPipeline(app, picture);
    }

    /// <summary>Streams about so many frames from so many senders at once and returns how many it was.</summary>
    public async Task<int> RunAsync(int streams, int frames)
    {
        var lanes = _app.Services.GetRequiredService<FrameLaneFactory>();
        while (_streams.Count < streams)
        {
            _streams.Add(new Stream(_picture, lanes));
        }

        var each = Math.Max(1, frames / streams);
        await Task.WhenAll(_streams.Take(streams).Select(stream => stream.RunAsync(each)));
        return each * streams;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>One sender that never waits and never hurries.</summary>
    private sealed class Stream : IFrameSink
    {
        private readonly FrameBuffers _buffers = new();
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

        public void OnMeasured(in IncomingFrame frame, Picture picture)
        {
            if (picture.FaceCount != 1)
            {
                _done.TrySetException(new InvalidOperationException($"Expected one face and found {picture.FaceCount}."));
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
            _lane.Post(new IncomingFrame(++_sequence, _sequence * 66.7, TimeProvider.System.GetTimestamp(), JpegFrame.Read(_picture.AsSpan(), _buffers)));
    }
}
