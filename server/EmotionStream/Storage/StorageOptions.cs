using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Storage;

/// <summary>Where the server keeps what it was asked to keep. Nothing is opened or created until some part keeps something.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder for the embedded database and files; by default "emotionstream" among the account's application data.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>Npgsql connection string of a PostgreSQL database that takes the embedded one's place.</summary>
    public string? Postgres { get; set; }

    /// <summary>Megabytes that the embedded database may take; further writing fails as on a full disk.</summary>
    [Range(1, 1_000_000)]
    public int? MaxMegabytes { get; set; }
}

/// <summary>Checks <see cref="StorageOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
