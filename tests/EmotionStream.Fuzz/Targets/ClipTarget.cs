using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;
using EmotionStream.Videos;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Clips, as far as their pictures; ffmpeg runs for each that looks like one.</summary>
internal sealed class ClipTarget : FuzzTarget
{
    private readonly VideosOptions _options = new() { MaxLength = TimeSpan.FromSeconds(2), MaxPixels = 1_000_000, TimeLimit = TimeSpan.FromSeconds(20) };
    private readonly GrayImage _image = new();
    private int _files;

    public override IReadOnlyList<byte[]> Seeds { get; } = [TestClips.Mp4, TestClips.WebM, TestClips.Mjpeg];

    public override Task<string?> TryAsync(byte[] input) => Task.FromResult(ClipFormat.Of(input) is { } format ? Decode(input, format) : null);

    public override Task<int> CountLeaksAsync() => Task.FromResult(_files);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string? Decode(byte[] input, string format)
    {
        _files++;
        using var file = new AnonymousFile(() => _files--);
        file.Stream.Write(input);
        using var ending = new CancellationTokenSource(_options.TimeLimit);
        using var decoder = new ClipDecoder(file.Path, format, _options, ending.Token);
        var pictures = 0;
        while (decoder.TryRead(_image))
        {
            pictures++;
        }

        // The filter may round a picture up at either end.
        var most = (_options.MaxLength.TotalSeconds * _options.FramesPerSecond) + 2;
        return ending.IsCancellationRequested ? "ffmpeg had to be stopped" : pictures > most ? $"{pictures} pictures" : null;
    }
}
