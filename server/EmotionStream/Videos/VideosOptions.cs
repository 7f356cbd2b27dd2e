using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Videos;

/// <summary>What is taken of uploaded clips, and how they are looked at.</summary>
internal sealed class VideosOptions
{
    public const string Section = "Videos";

    /// <summary>The program that decodes clips: Debian's and Ubuntu's package ffmpeg.</summary>
    [Required]
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>The most bytes of a clip; clips wait in memory.</summary>
    [Range(1024, 2_000_000_000)]
    public int MaxBytes { get; set; } = 64_000_000;

    /// <summary>Clips that may wait or be at work; beyond, requests are told to come back.</summary>
    [Range(1, 100)]
    public int MaxWaiting { get; set; } = 4;

    /// <summary>The most pixels of a clip's picture. The default is 4K.</summary>
    [Range(4096, 100_000_000)]
    public int MaxPixels { get; set; } = 9_000_000;

    /// <summary>How much of a clip is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00")]
    public TimeSpan MaxLength { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Pictures a second of the clip that are looked at.</summary>
    [Range(1, 30)]
    public int FramesPerSecond { get; set; } = 10;

    /// <summary>The long side, in pixels, that pictures are scaled down to.</summary>
    [Range(64, 2048)]
    public int WorkingSide { get; set; } = 480;

    /// <summary>How long the work on one clip may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long a result can be fetched.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Results that are kept; the oldest makes room.</summary>
    [Range(1, 10_000)]
    public int MaxKept { get; set; } = 20;
}

/// <summary>Checks <see cref="VideosOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class VideosOptionsValidator : IValidateOptions<VideosOptions>;
