using System.Text;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;
using EmotionStream.Videos;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Clips, as far as their pictures, and what ffmpeg might write instead of these once a clip has made it its own.</summary>
/// <remarks>ffmpeg takes 75 ms of processor time for each clip, so that most inputs are of the second kind.</remarks>
internal sealed class ClipTarget : FuzzTarget
{
    private const int InputsForEachClip = 20;

    private static readonly byte[] Pipe = [.. "YUV4MPEG2 W4 H2 F10:1 Ip A1:1 Cmono\nFRAME\n"u8, .. new byte[8], .. "FRAME\n"u8, .. new byte[8]];

    private readonly VideosOptions _options = new() { MaxLength = TimeSpan.FromSeconds(2), MaxPixels = 1_000_000, TimeLimit = TimeSpan.FromSeconds(20) };
    private readonly GrayImage _image = new();
    private int _files;

    public override IReadOnlyList<byte[]> Seeds { get; } = [TestClips.Mp4, TestClips.WebM, TestClips.Mjpeg, Pipe];

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { "FRAME\n", " W", " H", "-1", "0", "480", "481", "2147483647", "4294967296", "\n" }.Select(Encoding.ASCII.GetBytes)];

    public override byte[] Make(byte[] earlier, byte[] other, Mutator mutator, long number) => number % InputsForEachClip == 0
        ? mutator.Mutate(IsClip(earlier) ? earlier : Seeds[mutator.Random.Next(Seeds.Count - 1)], other)
        : mutator.Mutate(IsClip(earlier) ? Pipe : earlier, IsClip(other) ? Pipe : other);

    public override Task<string?> TryAsync(byte[] input) => Task.FromResult(ClipFormat.Of(input) is not { } format ? Read(input)
        // Once more, since it may have been the machine that stood still.
        : Decode(input, format) is null ? null : Decode(input, format));

    public override Task<int> CountLeaksAsync() => Task.FromResult(_files);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsClip(byte[] input) => ClipFormat.Of(input) is not null;

    private string? Read(byte[] input)
    {
        using var stream = new MemoryStream(input);
        var pictures = new GrayPictures(stream, _options.WorkingSide);
        try
        {
            while (pictures.TryRead(_image))
            {
                if (_image.Width > _options.WorkingSide || _image.Height > _options.WorkingSide)
                {
                    return $"a picture of {_image.Width}x{_image.Height}";
                }
            }
        }
        catch (EndOfStreamException)
        {
        }

        return null;
    }

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
