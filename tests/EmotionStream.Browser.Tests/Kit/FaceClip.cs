namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Nine seconds of one face that turns from neutral to happy to surprised and moves a little: made of the demo's average faces.</summary>
internal sealed class FaceClip : IDisposable
{
    private const int FramesPerSecond = 15;

    private FaceClip(string path) => Path = path;

    public string Path { get; }

    /// <summary>Uncompressed, because that is what Chromium's file camera plays with the least work and at the file's own rate.</summary>
    public static FaceClip Make() => Make(".y4m", "-pix_fmt", "yuv420p");

    /// <summary>As a file that every Chromium can play.</summary>
    public static FaceClip MakeVideo() => Make(".webm", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M");

    public void Dispose() => File.Delete(Path);

    private static FaceClip Make(string extension, params string[] coding)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"emotionstream-clip-{Guid.NewGuid():N}{extension}");
        Ffmpeg.Run(
        [
            .. Still("neutral"), .. Still("happy"), .. Still("surprise"),
            "-filter_complex", $"{Steady(0)};{Steady(1)};{Steady(2)};" + CrossFades + Motion,
            "-map", "[out]", "-t", "9", .. coding, path,
        ]);
        return new FaceClip(path);
    }

    // Half a second of cross-fade before 3 s and before 6 s.
    private const string CrossFades =
        "[face0][face1]xfade=transition=fade:duration=0.5:offset=2.5[first];[first][face2]xfade=transition=fade:duration=0.5:offset=5.5[face];";

    private static string Motion =>
        $"color=c=gray:s=640x480:r={FramesPerSecond}[wall];[wall][face]overlay=x='(W-w)/2+24*sin(0.8*t)':y='(H-h)/2+10*sin(1.1*t)':shortest=1,format=yuv420p[out]";

    private static string[] Still(string emotion) =>
        ["-loop", "1", "-framerate", $"{FramesPerSecond}", "-t", "3.5", "-i", System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot", "demo", $"{emotion}-1.png")];

    private static string Steady(int input) => $"[{input}]scale=240:240,format=yuv420p,settb=AVTB,fps={FramesPerSecond}[face{input}]";
}
