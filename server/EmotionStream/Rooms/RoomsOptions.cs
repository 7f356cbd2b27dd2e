using System.ComponentModel.DataAnnotations;
using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>How many may be in a room, how long readings count, and the key that guards the rooms.</summary>
internal sealed class RoomsOptions
{
    public const string Section = "Rooms";

    /// <summary>
    /// With this secret the operator makes tokens, without which nobody enters a room. Without it only this machine's own users can.
    /// </summary>
    [MinLength(16)]
    public string? OperatorKey { get; set; }

    /// <summary>Rooms at once.</summary>
    [Range(1, 100_000)]
    public int MaxRooms { get; set; } = 1000;

    /// <summary>Cameras in one room.</summary>
    [Range(1, 1000)]
    public int MaxPeople { get; set; } = 100;

    /// <summary>Viewers of one room.</summary>
    [Range(1, 10_000)]
    public int MaxViewers { get; set; } = 500;

    /// <summary>Participants of one room's call; each sends its video to every other.</summary>
    [Range(2, 50)]
    public int MaxParticipants { get; set; } = 6;

    /// <summary>How long a call keeps the place of a participant whose connection is lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ResumeWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>STUN and TURN servers for calls beyond one network; without any, participants must reach each other directly.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<IceServer> IceServers { get; set; } = [];

    /// <summary>Rooms that one connection may watch at once.</summary>
    [Range(1, 100)]
    public int MaxWatchesPerConnection { get; set; } = 8;

    /// <summary>Calls of one connection a second; twice as many may come in one burst, as when somebody joins a full call.</summary>
    [Range(1, 1000)]
    public int MaxCallsPerSecond { get; set; } = 100;

    /// <summary>Characters of one signal. A session description has about 6,000.</summary>
    [Range(1024, 65536)]
    public int MaxSignalLength { get; set; } = 16 * 1024;

    /// <summary>How long somebody whose connection is lost stays in sight.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HideLostAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a reading counts for the room's mood: as long as the pages show it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ReadingCountsFor { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Checks <see cref="RoomsOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class RoomsOptionsValidator : IValidateOptions<RoomsOptions>;
