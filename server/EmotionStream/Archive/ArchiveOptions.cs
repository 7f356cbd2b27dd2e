using Microsoft.Extensions.Options;

namespace EmotionStream.Archive;

/// <summary>Whether there is a face archive: only where its key is.</summary>
internal sealed class ArchiveOptions
{
    public const string Section = "Archive";

    public const int KeyBytes = 32;

    /// <summary>32 random bytes in base64, with which kept faces are encrypted. Without it no face is kept, and nobody is asked to opt in.</summary>
    public string? Key { get; set; }

    /// <summary>The key itself; null where there is none.</summary>
    /// <exception cref="FormatException">It is not base64.</exception>
    public byte[]? KeyOrNull() => string.IsNullOrWhiteSpace(Key) ? null : Convert.FromBase64String(Key);
}

/// <summary>Checks the key when the server starts; messages never repeat it.</summary>
internal sealed class ArchiveKeyValidator : IValidateOptions<ArchiveOptions>
{
    public ValidateOptionsResult Validate(string? name, ArchiveOptions options)
    {
        try
        {
            return options.KeyOrNull() is null or { Length: ArchiveOptions.KeyBytes } ? ValidateOptionsResult.Success : Fail();
        }
        catch (FormatException)
        {
            return Fail();
        }

        static ValidateOptionsResult Fail() => ValidateOptionsResult.Fail(
            $"Archive:Key is not a valid key: it must be {ArchiveOptions.KeyBytes} random bytes in base64, as 'openssl rand -base64 {ArchiveOptions.KeyBytes}' writes them.");
    }
}
