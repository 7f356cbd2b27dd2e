using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>What is taken of uploaded pictures, and how much of the machine they get.</summary>
internal sealed class StillsOptions
{
    public const string Section = "Stills";

    /// <summary>The most bytes of one picture.</summary>
    [Range(1024, 200_000_000)]
    public int MaxBytes { get; set; } = 20_000_000;

    /// <summary>The most pictures in one request.</summary>
    [Range(1, 10_000)]
    public int MaxPictures { get; set; } = 200;

    /// <summary>The most bytes of one request.</summary>
    [Range(1024, 2_000_000_000)]
    public int MaxRequestBytes { get; set; } = 100_000_000;

    /// <summary>The most bytes of pictures that wait in the whole server, and never more than a quarter of its memory; beyond, requests are told to come back.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxWaitingBytes { get; set; } = 256_000_000;

    /// <summary>The longest side, in pixels, that a picture's header may announce.</summary>
    [Range(64, 65_500)]
    public int MaxSide { get; set; } = 16_384;

    /// <summary>The most pixels that a picture's header may announce.</summary>
    [Range(4096, 200_000_000)]
    public int MaxPixels { get; set; } = 26_000_000;

    /// <summary>The long side, in pixels, that pictures are decoded down to; twice a frame's, since groups have small faces.</summary>
    [Range(64, 2048)]
    public int WorkingSide { get; set; } = 640;

    /// <summary>The most faces reported of a picture.</summary>
    [Range(1, 64)]
    public int MaxFaces { get; set; } = 64;

    /// <summary>Pictures of one request that are at work at once, so that others have their turn, too.</summary>
    [Range(1, 256)]
    public int AtOnce { get; set; } = 8;

    /// <summary>Workers that decode and detect, all of low priority; 0 takes one a core.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    public int WorkersOrDefault => Workers > 0 ? Workers : Environment.ProcessorCount;

    /// <summary>How stills are looked at: like frames, except for their size.</summary>
    public VisionOptions Vision(VisionOptions frames)
    {
        var stills = frames.Copy();
        (stills.WorkingSide, stills.MaxSide, stills.MaxPixels, stills.MaxFaces) = (WorkingSide, MaxSide, MaxPixels, MaxFaces);
        return stills;
    }
}

/// <summary>Checks <see cref="StillsOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class StillsOptionsValidator : IValidateOptions<StillsOptions>;
