using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace EmotionStream.Tests.Kit;

/// <summary>A real PostgreSQL server of this test run's own: in a temporary folder, reached by a socket in it, gone at the end.</summary>
/// <remarks>Started when the first test needs it. Where the programs are installed, a server that can't be started fails the test.</remarks>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lock Starting = new();
    private static PostgresServer? s_running;
    private static int s_databases;

    private readonly string _programs;
    private readonly DirectoryInfo _folder;

    private PostgresServer(string programs)
    {
        (_programs, _folder) = (programs, Directory.CreateTempSubdirectory("es-postgres-"));
        if (IsRoot)
        {
            // PostgreSQL refuses to run as root; the packages bring an account for it.
            Check(Run("chown", "postgres", _folder.FullName));
        }

        Check(RunAsOwner("initdb", "--pgdata", Data, "--auth=trust", "--username=emotionstream", "--encoding=UTF8", "--no-sync"));
        Start();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder.FullName, "data");

    public static PostgresServer Get()
    {
        lock (Starting)
        {
            if (s_running is not null)
            {
                return s_running;
            }

            var programs = FindPrograms();
            Needs.That(programs is not null, "PostgreSQL: apt-get install postgresql");
            s_running = new PostgresServer(programs!);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => s_running.Dispose();
            return s_running;
        }
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "test" + Interlocked.Increment(ref s_databases).ToString(CultureInfo.InvariantCulture);
        await using var source = NpgsqlDataSource.Create(To("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return To(name);
    }

    public void Start() => Check(RunAsOwner(
        "pg_ctl", "start", "--pgdata", Data, "--wait", "--silent", "--log", Path.Combine(Data, "log"),
        "--options", $"-c listen_addresses= -c unix_socket_directories={_folder.FullName} -c max_connections=50 -c shared_buffers=32MB -c fsync=off"));

    /// <summary>Stops the server as a crash would.</summary>
    public void Crash() => Check(RunAsOwner("pg_ctl", "stop", "--pgdata", Data, "--wait", "--silent", "--mode=immediate"));

    public void Dispose()
    {
        RunAsOwner("pg_ctl", "stop", "--pgdata", Data, "--silent", "--mode=immediate");
        _folder.Delete(recursive: true);
    }

    private static string? FindPrograms()
    {
        var versions = new DirectoryInfo("/usr/lib/postgresql");
        return versions.Exists
            ? versions.EnumerateDirectories().Select(version => Path.Combine(version.FullName, "bin")).Where(Directory.Exists).Max(StringComparer.Ordinal)
            : null;
    }

    private string To(string database) => $"Host={_folder.FullName};Username=emotionstream;Database={database}";

    private (int ExitCode, string Said) RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return IsRoot ? Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]) : Run(path, arguments);
    }

    /// <summary>Output goes to a file: a server that a program leaves running would hold a pipe open.</summary>
    private (int ExitCode, string Said) Run(string program, params string[] arguments)
    {
        var said = Path.Combine(Path.GetTempPath(), _folder.Name + ".said");
        var start = new ProcessStartInfo("sh") { WorkingDirectory = _folder.FullName };
        foreach (var argument in (string[])["-c", "said=$1; shift; exec \"$@\" >\"$said\" 2>&1", "sh", said, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        var text = File.ReadAllText(said);
        File.Delete(said);
        return (process.ExitCode, text);
    }

    private static void Check((int ExitCode, string Said) end) =>
        Assert.True(end.ExitCode == 0, $"PostgreSQL could not be started or stopped: {end.Said}");
}
