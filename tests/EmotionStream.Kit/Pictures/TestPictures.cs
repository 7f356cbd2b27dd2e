using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EmotionStream.Tests.Kit;

/// <summary>JPEG pictures made at test time with ffmpeg, from the demo's average faces: nobody's face, yet a face.</summary>
internal static class TestPictures
{
    private static readonly ConcurrentDictionary<string, byte[]> Made = [];

    private static string Demo => Path.Combine(AppContext.BaseDirectory, "wwwroot", "demo");

    /// <summary>A plain picture with nobody in it.</summary>
    public static byte[] Empty(int width = 640, int height = 480) =>
        Make($"empty {width}x{height}", $"-f lavfi -i color=c=gray:s={width}x{height} -frames:v 1");

    /// <summary>A centerd face under a sensor's grain: as many bytes, and as much work for the decoder, as a camera's picture has.</summary>
    public static byte[] GrainyFace(string emotion) => Make($"grainy {emotion}", FaceArguments(640, 480, ",noise=alls=10", (emotion, 0.5, 0.5, 240)));

    /// <summary>A picture with the average face of an emotion, its center at a place given in 0..1.</summary>
    public static byte[] Face(string emotion, double centerX = 0.5, double centerY = 0.5, int faceSide = 240, int width = 640, int height = 480) =>
        Faces(width, height, (emotion, centerX, centerY, faceSide));

    public static byte[] Faces(int width, int height, params (string Emotion, double X, double Y, int Side)[] faces) =>
        Make($"{width}x{height} {string.Join(' ', faces)}", FaceArguments(width, height, "", faces));

    /// <summary>A happy face at the left, and at the right a surprised one, a little larger and hardly seen for noise.</summary>
    public static byte[] FaceBesideANoisyLargerOne() => Make("noisy neighbor",
        $"-f lavfi -i color=c=gray:s=640x480 -i {Composite("happy")} -i {Composite("surprise")} -filter_complex "
        + "\"[1]scale=240:240[sure];[2]scale=250:250,noise=alls=80[noisy];[0][sure]overlay=0.25*W-w/2:0.5*H-h/2[one];"
        + "[one][noisy]overlay=0.7*W-w/2:0.5*H-h/2,format=yuvj420p[out]\" -map [out] -frames:v 1");

    /// <summary>A portrait: the average face of an emotion, of a width in pixels, with drawn hair, neck and shoulders, two fifths down the picture.</summary>
    public static byte[] Portrait(string emotion, int faceWidth) => Make($"portrait {emotion} {faceWidth}", PortraitArguments(emotion, faceWidth));

    private static string PortraitArguments(string emotion, int faceWidth)
    {
        // Drawn once for a face of 240 pixels, since ffmpeg evaluates an expression for every pixel.
        var (x, y) = ("(X-W/2)/240", "(Y-0.4*H)/240");
        var drawn = $"if(lt(pow({x}/1.35,2)+pow({y}/0.95-1.84,2),1),190,if(lt(abs({x}),0.27)*gt({y},0),125,if(lt(pow({x}/0.62,2)+pow({y}/0.86,2),1),90,60)))";
        var faded = "255*clip(4-4*pow((X/W-0.5)/0.28,2)-4*pow((Y/H-0.5)/0.36,2),0,1)";
        var filters = $"[0]format=gray,geq=lum='{drawn}'[body];"
            + $"[1]scale=480:480,format=yuva420p,geq=lum='lum(X,Y)':cb=128:cr=128:a='{faded}'[face];"
            + $"[body][face]overlay=(W-w)/2:0.4*H-h/2,scale={22 * faceWidth / 10}:{26 * faceWidth / 10},format=yuvj420p[out]";
        return $"-f lavfi -i color=c=gray:s=528x624 -i {Composite(emotion)} -filter_complex \"{filters}\" -map [out] -frames:v 1";
    }

    private static string FaceArguments(int width, int height, string filter, params (string Emotion, double X, double Y, int Side)[] faces)
    {
        var inputs = string.Concat(faces.Select(face => $" -i {Composite(face.Emotion)}"));
        var scaled = string.Concat(faces.Select((face, i) => $"[{i + 1}]scale={face.Side}:{face.Side}[f{i}];"));
        var laid = string.Concat(faces.Select((face, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "[0]" : $"[o{i - 1}]")}[f{i}]overlay={face.X}*W-w/2:{face.Y}*H-h/2[o{i}];")));
        var filters = $"{scaled}{laid}[o{faces.Length - 1}]format=yuvj420p{filter}[out]";
        return $"-f lavfi -i color=c=gray:s={width}x{height}{inputs} -filter_complex \"{filters}\" -map [out] -frames:v 1";
    }

    private static string Composite(string emotion) =>
        Directory.EnumerateFiles(Demo, emotion + "*.*").Order(StringComparer.Ordinal).First();

    private static byte[] Make(string key, string arguments) => Made.GetOrAdd(key, _ =>
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", $"-loglevel error {arguments} -q:v 3 -f mjpeg -")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var picture = new MemoryStream();
        var problem = ffmpeg.StandardError.ReadToEndAsync();
        ffmpeg.StandardOutput.BaseStream.CopyTo(picture);
        ffmpeg.WaitForExit();
        return ffmpeg.ExitCode == 0 ? picture.ToArray() : throw new InvalidOperationException($"ffmpeg could not make '{key}': {problem.Result}");
    });
}
