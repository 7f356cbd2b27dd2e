using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>What a session may send, and how long it waits for its sender to come back.</summary>
internal sealed class SessionsOptions
{
    public const string Section = "Sessions";

    /// <summary>Sessions at once; the next sender is told that the server is full.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 1000;

    /// <summary>Bytes of one JPEG. 640x480 at high quality has about 100,000.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 512 * 1024;

    /// <summary>Frames a second; twice as many may come in one burst.</summary>
    [Range(1, 1000)]
    public int MaxFramesPerSecond { get; set; } = 60;

    /// <summary>Starts and changes of a session a second and connection; twice as many may come in one burst.</summary>
    [Range(1, 1000)]
    public int MaxStartsPerSecond { get; set; } = 10;

    /// <summary>Frames that may await their answer: one at work and one on the network keep both busy.</summary>
    [Range(1, 16)]
    public int MaxUnanswered { get; set; } = 2;

    /// <summary>How long a session outlives its connection.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ResumeWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping server waits for the frames at work.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Answers that may wait for a sender who does not read them; past that the connection is closed.</summary>
    [Range(16, 65536)]
    public int MaxUnreadAnswers { get; set; } = 4096;

    /// <summary>
    /// The operator's word that workplace and education uses are lawful here: the EU AI Act, Article 5(1)(f), forbids them except for
    /// medical and safety reasons.
    /// </summary>
    public bool AllowWorkplaceAndEducation { get; set; }
}

/// <summary>Checks <see cref="SessionsOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class SessionsOptionsValidator : IValidateOptions<SessionsOptions>;
