using EmotionStream.Storage;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Kit;

/// <summary>An empty database of either kind for one test, with the settings that lead a server to it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("es-storage-");
    private readonly string? _postgres;

    private TestDatabase(string? postgres) => _postgres = postgres;

    /// <summary>For tests that hold over both, as member data of the test class (xUnit's analyzer throws where the member is another project's).</summary>
    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    public static async Task<TestDatabase> CreateAsync(string kind) =>
        new(kind == "postgres" ? await PostgresServer.Get().CreateDatabaseAsync() : null);

    public string Folder => _folder.FullName;

    public bool IsPostgres => _postgres is not null;

    /// <summary>What a server's command line needs.</summary>
    public string[] Settings =>
        [$"--Storage:DataDirectory={Folder}", .. (string[])(_postgres is null ? [] : [$"--Storage:Postgres={_postgres}"])];

    /// <summary>Opens the database as a server would; to be disposed before this.</summary>
    public Database Open(int? maxMegabytes = null) => _postgres is null
        ? new SqliteDatabase(new DataFolder(Options.Create(new StorageOptions { DataDirectory = Folder })), maxMegabytes)
        : new PostgresDatabase(_postgres);

    /// <summary>Whether some bytes stand in any file of the embedded database.</summary>
    public bool IsOnDisk(ReadOnlySpan<byte> bytes)
    {
        var files = _folder.GetFiles("*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            if (content.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
