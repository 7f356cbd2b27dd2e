using System.Diagnostics;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Runs ffmpeg, which makes every moving picture that the tests show.</summary>
internal static class Ffmpeg
{
    public static void Run(params string[] arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-loglevel", "error", "-y", .. arguments]) { RedirectStandardError = true })!;
        var problem = ffmpeg.StandardError.ReadToEnd();
        ffmpeg.WaitForExit();
        if (ffmpeg.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg {string.Join(' ', arguments)}: {problem}");
        }
    }
}
