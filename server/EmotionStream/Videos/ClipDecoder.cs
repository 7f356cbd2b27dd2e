using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Videos;

/// <summary>Has ffmpeg turn a clip into upright gray pictures of the working size, so many a second, and takes them from its pipe.</summary>
/// <remarks>One clip, one thread. The child runs at low priority and is ended with this object, however far it has come.</remarks>
internal sealed partial class ClipDecoder : IDisposable
{
    // A picture and the pictures it is predicted from, of the largest size that is allowed, fit many times.
    private const int MaxAllocation = 256 * 1024 * 1024;

    private readonly Process _ffmpeg;
    private readonly Task _reading;
    private readonly GrayPictures _pictures;
    private readonly CancellationTokenRegistration _ending;

    /// <exception cref="RefusedException">ffmpeg can't be started.</exception>
    public ClipDecoder(string path, string format, VideosOptions options, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("nice") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Arguments(path, format, options).ForEach(start.ArgumentList.Add);
        try
        {
            _ffmpeg = Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new RefusedException(Refusals.NoFfmpeg, problem);
        }

        _ffmpeg.StandardInput.Close();
        _pictures = new GrayPictures(new BufferedStream(_ffmpeg.StandardOutput.BaseStream, 64 * 1024), options.WorkingSide);
        _reading = Task.Run(ReadTalk, CancellationToken.None);
        _ending = cancellation.Register(End);
    }

    /// <summary>How long the clip says it is; null while unknown.</summary>
    public TimeSpan? Length { get; private set; }

    public static bool IsInstalled(string ffmpeg) => Path.IsPathRooted(ffmpeg)
        ? File.Exists(ffmpeg)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, ffmpeg)));

    /// <summary>Reads the next picture; false at the end.</summary>
    public bool TryRead(GrayImage image)
    {
        try
        {
            return _pictures.TryRead(image);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // Ended in the middle of a picture: with the clip, or because it was told to.
            return false;
        }
    }

    public void Dispose()
    {
        _ending.Dispose();
        End();
        _ffmpeg.WaitForExit();
        _reading.Wait();
        _ffmpeg.Dispose();
    }

    private static List<string> Arguments(string path, string format, VideosOptions options)
    {
        var side = options.WorkingSide.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-n", "10", options.Ffmpeg, "-hide_banner", "-nostdin", "-nostats",
            "-max_alloc", MaxAllocation.ToString(CultureInfo.InvariantCulture), "-threads", "1",
            // Nothing but the clip itself is ever opened.
            "-protocol_whitelist", "file", "-f", format, "-max_pixels", options.MaxPixels.ToString(CultureInfo.InvariantCulture), "-i", path,
            "-map", "0:v:0", "-an", "-sn", "-dn", "-t", options.MaxLength.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "-vf", $"fps={options.FramesPerSecond},scale=w='min({side},iw)':h='min({side},ih)':force_original_aspect_ratio=decrease,format=gray",
            "-f", "yuv4mpegpipe", "-strict", "-1", "-threads", "1", "pipe:1",
        ];
    }

    /// <summary>ffmpeg stops when nobody reads what it says; all that matters of it is the clip's length.</summary>
    private void ReadTalk()
    {
        try
        {
            while (_ffmpeg.StandardError.ReadLine() is { } line)
            {
                if (Length is null && Duration().Match(line) is { Success: true } match && TimeSpan.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var length))
                {
                    Length = length;
                }
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private void End()
    {
        try
        {
            _ffmpeg.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            // It had ended already.
        }
    }

    [GeneratedRegex(@"^\s*Duration: (\d+:\d\d:\d\d\.\d+)")]
    private static partial Regex Duration();
}
