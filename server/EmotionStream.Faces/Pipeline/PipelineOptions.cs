using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>How many frames wait where.</summary>
internal sealed class PipelineOptions
{
    public const string Section = "Pipeline";

    /// <summary>Frames of one session that may wait to be begun; the newest stay.</summary>
    [Range(1, 2)]
    public int MailboxCapacity { get; set; } = 1;

    /// <summary>Workers that decode and detect; 0 takes one a core.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    /// <summary>Faces that may wait for the emotion model before workers pause: as many as fill a run. More would only wait: 128 cost 100 ms at full load.</summary>
    [Range(1, 4096)]
    public int SampleQueueCapacity { get; set; } = 32;

    /// <summary>Faces of stills that one run of the emotion model takes along; a frame that comes meanwhile waits for them.</summary>
    [Range(1, 1024)]
    public int StillsInBatch { get; set; } = 4;

    public int WorkersOrDefault => Workers > 0 ? Workers : Environment.ProcessorCount;
}

/// <summary>Checks <see cref="PipelineOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;
