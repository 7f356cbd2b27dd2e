using Microsoft.Extensions.Options;

namespace EmotionStream.Storage;

/// <summary>The folder in which the server keeps its files, readable by its own account only.</summary>
internal sealed class DataFolder(IOptions<StorageOptions> options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(options.Value.DataDirectory ?? Default());

    /// <summary>The full path of a file or folder in it; the folder around it is there when the call returns.</summary>
    /// <exception cref="IOException">The folder can't be made.</exception>
    public string Place(params ReadOnlySpan<string> parts)
    {
        var path = Path.Combine([Root, .. parts]);
        Make(Root);
        Make(Path.GetDirectoryName(path)!);
        return path;
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // Only the last folder of a path gets the mode.
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private static string Default()
    {
        var account = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        // An account without a home has no such folder; then it is beside the program.
        return account.Length > 0 ? Path.Combine(account, "emotionstream") : Path.Combine(AppContext.BaseDirectory, "data");
    }
}
