using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>Who may send pictures, clips and frames.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    public const int ShortestKey = 16;

    /// <summary>With keys, callers from other machines need one of them; users of the server's own machine do not. By default none, so everybody may.</summary>
    public IReadOnlyList<string> Keys { get; set; } = [];
}

/// <summary>Checks <see cref="AccessOptions"/> when the server starts; a problem names no key.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options) => options.Keys.All(key => key.Length >= AccessOptions.ShortestKey)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Access:Keys: a key has at least {AccessOptions.ShortestKey} characters.");
}
