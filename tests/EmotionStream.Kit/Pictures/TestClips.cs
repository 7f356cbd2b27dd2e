using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmotionStream.Tests.Kit;

/// <summary>Short clips made with ffmpeg at test time: an average face that moves across the picture and changes its expression half way.</summary>
internal static class TestClips
{
    private static readonly ConcurrentDictionary<string, byte[]> Made = [];

    /// <summary>With the index at the end, as most programs write it: no pipe can take it.</summary>
    public static byte[] Mp4 => Make("-c:v mpeg4 -q:v 3", "mp4");

    public static byte[] WebM => Make("-c:v libvpx -b:v 2M -deadline realtime -cpu-used 8", "webm");

    public static byte[] Mjpeg => Make("-c:v mjpeg -q:v 3", "mjpeg");

    /// <summary>Two seconds of 320x240 at 15 pictures a second.</summary>
    private static byte[] Make(string codec, string format) => Made.GetOrAdd(format, _ =>
    {
        var folder = Directory.CreateTempSubdirectory("emotionstream-clip-");
        try
        {
            var (happy, surprise) = (Path.Combine(folder.FullName, "happy.jpg"), Path.Combine(folder.FullName, "surprise.jpg"));
            File.WriteAllBytes(happy, TestPictures.Face("happy", 0.4, 0.5, 150, 320, 240));
            File.WriteAllBytes(surprise, TestPictures.Face("surprise", 0.42, 0.5, 150, 320, 240));
            var clip = Path.Combine(folder.FullName, "clip." + format);
            using var ffmpeg = Process.Start(new ProcessStartInfo(
                "ffmpeg",
                $"-loglevel error -loop 1 -framerate 15 -t 1 -i {happy} -loop 1 -framerate 15 -t 1 -i {surprise} -filter_complex \"[0][1]concat=n=2:v=1,format=yuv420p\" {codec} {clip}")
            {
                RedirectStandardError = true,
            })!;
            var problem = ffmpeg.StandardError.ReadToEnd();
            ffmpeg.WaitForExit();
            return ffmpeg.ExitCode == 0 ? File.ReadAllBytes(clip) : throw new InvalidOperationException($"ffmpeg could not make a clip: {problem}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    });
}
