using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

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

/// <summary>Checks that the connection string is one, before anything is to be stored.</summary>
internal sealed class PostgresValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        try
        {
            // What it says is not repeated: there may be a password in it.
            return options.Postgres is null || new NpgsqlConnectionStringBuilder(options.Postgres).Host is { Length: > 0 }
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Storage:Postgres names no Host.");
        }
        catch (ArgumentException)
        {
            return ValidateOptionsResult.Fail("Storage:Postgres is no connection string: write Host=...;Username=...;Password=...;Database=...");
        }
    }
}
