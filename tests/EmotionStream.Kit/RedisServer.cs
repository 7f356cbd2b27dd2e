using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EmotionStream.Tests.Kit;

/// <summary>A real Redis of a test's own, on a port of its own, that keeps what it was told when it is killed.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("es-redis-");
    private readonly int _port;
    private readonly string[] _settings;
    private Process _process;

    private RedisServer(int port, string[] settings)
    {
        (_port, _settings) = (port, settings);
        _process = Begin();
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static RedisServer Start(params string[] settings)
    {
        Needs.That(File.Exists("/usr/bin/redis-server"), "Redis: apt-get install redis-server");
        return new RedisServer(FreePort(), settings);
    }

    /// <summary>A port that nobody listens on just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts again after <see cref="Kill"/>.</summary>
    public void Restart() => _process = Begin();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Process Begin()
    {
        var start = new ProcessStartInfo("/usr/bin/redis-server") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--dir", _folder.FullName,
            .. _settings])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return process;
            }
        }

        throw new InvalidOperationException("Redis did not start.");
    }
}
