using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmotionStream.Tests.Kit;

/// <summary>A face in every kind of file that people have: the same picture, converted with ffmpeg.</summary>
internal static class PictureFiles
{
    private static readonly ConcurrentDictionary<string, byte[]> Made = [];

    public static byte[] Jpeg(string emotion) => TestPictures.Face(emotion);

    public static byte[] Png(string emotion) => Convert(emotion, "-c:v png -f image2pipe");

    public static byte[] SixteenBitPng(string emotion) => Convert(emotion, "-pix_fmt rgb48be -c:v png -f image2pipe");

    public static byte[] AnimatedPng(string emotion) => Convert(emotion, "-vf loop=2:1:0 -frames:v 3 -plays 0 -c:v apng -f apng");

    public static byte[] WebP(string emotion) => Convert(emotion, "-c:v libwebp -quality 80 -f webp");

    public static byte[] LosslessWebP(string emotion) => Convert(emotion, "-c:v libwebp -lossless 1 -f webp");

    public static byte[] AnimatedWebP(string emotion) => Convert(emotion, "-vf loop=2:1:0,noise=alls=20:allf=t -frames:v 3 -c:v libwebp_anim -loop 0 -f webp");

    /// <summary>A JPEG that lies on its side, with the Exif note that a camera held so would write.</summary>
    public static byte[] OnItsSide(byte[] jpeg) => WithExif(Run("clock", "-vf transpose=cclock -q:v 3 -f mjpeg", jpeg), orientation: 6, "");

    /// <summary>The face leaning clockwise by so many degrees.</summary>
    public static byte[] Leaning(string emotion, int degrees) => Convert(emotion, $"-vf rotate={degrees}*PI/180:c=gray -q:v 3 -f mjpeg");

    /// <summary>Puts a little-endian Exif segment with an orientation, and a description that nobody should ever see, before the pixels.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation, string description)
    {
        byte[] text = [.. System.Text.Encoding.ASCII.GetBytes(description), 0];
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0, 2, 0,
            0x0E, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 38, 0, 0, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0, 0, 0, 0, .. text,
        ];
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. tiff];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    private static byte[] Convert(string emotion, string arguments) => Run(emotion, arguments, Jpeg(emotion));

    private static byte[] Run(string key, string arguments, byte[] picture) => Made.GetOrAdd($"{key} {arguments} {picture.Length}", _ =>
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", $"-loglevel error -f mjpeg -i - {arguments} -")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var converted = new MemoryStream();
        var problem = ffmpeg.StandardError.ReadToEndAsync();
        var sent = Task.Run(() =>
        {
            ffmpeg.StandardInput.BaseStream.Write(picture);
            ffmpeg.StandardInput.Close();
        });
        ffmpeg.StandardOutput.BaseStream.CopyTo(converted);
        ffmpeg.WaitForExit();
        return ffmpeg.ExitCode == 0 ? converted.ToArray() : throw new InvalidOperationException($"ffmpeg could not convert with '{arguments}': {problem.Result}");
    });
}
