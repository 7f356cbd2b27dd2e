using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces;

/// <summary>How frames are decoded, and how faces are found in them and followed.</summary>
internal sealed class VisionOptions
{
    public const string Section = "Vision";

    /// <summary>The detector's ONNX file, in YuNet's output layout; NAME-close.onnx beside it looks again.</summary>
    [Required]
    public string FaceModel { get; set; } = "models/face.onnx";

    /// <summary>The long side, in pixels, that frames are decoded down to (never below it, never blown up to it).</summary>
    [Range(64, 2048)]
    public int WorkingSide { get; set; } = 320;

    /// <summary>The longest side, in pixels, that a JPEG header may announce.</summary>
    [Range(64, 65_500)]
    public int MaxSide { get; set; } = 8192;

    /// <summary>The most pixels that a JPEG header may announce. The default is a 16-megapixel photograph.</summary>
    [Range(4096, 200_000_000)]
    public int MaxPixels { get; set; } = 17_000_000;

    /// <summary>The score, 0 to 1, from which a detection counts as a face.</summary>
    [Range(0.05, 0.99)]
    public double DetectionThreshold { get; set; } = 0.6;

    /// <summary>How much two boxes may overlap (intersection over union) before the weaker is taken for the same face.</summary>
    [Range(0.1, 0.9)]
    public double MaxOverlap { get; set; } = 0.4;

    /// <summary>The most faces reported in a frame, best first.</summary>
    [Range(1, 64)]
    public int MaxFaces { get; set; } = 10;

    /// <summary>How long known faces are only followed before the whole frame is searched again: the longest a new face waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan WholeFrameInterval { get; set; } = TimeSpan.FromSeconds(0.25);

    /// <summary>How long that search may wait further while nothing outside the known faces changes. 0 never lets it wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan QuietInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a face may stay unseen and still keep its id.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan TrackIdle { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The score, 0 to 1, from which a new face is believed at once; below it, at its second sighting.</summary>
    [Range(0.05, 1.0)]
    public double ConfirmScore { get; set; } = 0.7;

    /// <summary>Whether a picture of a size that its header announces is decoded.</summary>
    public bool Accepts(long width, long height) => Math.Max(width, height) <= MaxSide && width * height <= MaxPixels;

    /// <summary>A copy of these options, to be changed for another use.</summary>
    public VisionOptions Copy() => (VisionOptions)MemberwiseClone();
}

/// <summary>Checks <see cref="VisionOptions"/> value by value when the server starts.</summary>
[OptionsValidator]
internal sealed partial class VisionOptionsValidator : IValidateOptions<VisionOptions>;
