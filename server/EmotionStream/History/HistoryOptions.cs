using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.History;

/// <summary>Whether rooms' readings are kept, how many of them and for how long.</summary>
internal sealed class HistoryOptions
{
    public const string Section = "History";

    /// <summary>Off, nothing is kept and no database is opened.</summary>
    public bool Enabled { get; set; }

    /// <summary>Readings of one person that are kept a second, at most.</summary>
    [Range(0.1, 30.0)]
    public double RateHz { get; set; } = 2;

    /// <summary>How long a reading is kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How far back a viewer's token reaches; the operator's key reaches all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan ViewersSee { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Readings that wait in memory while the database is slow or away, about a kilobyte each; further ones are dropped.</summary>
    [Range(100, 10_000_000)]
    public int Backlog { get; set; } = 20_000;

    /// <summary>How often what has gathered is written.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WriteEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Queries and exports at once; the next is told that the server is busy.</summary>
    [Range(1, 1000)]
    public int MaxQueries { get; set; } = 4;
}

/// <summary>Checks <see cref="HistoryOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class HistoryOptionsValidator : IValidateOptions<HistoryOptions>;
