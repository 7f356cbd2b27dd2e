using EmotionStream.Load;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Chaos;

/// <summary>A server in a process of its own, with a few people on it who have nothing to do with the fault.</summary>
internal sealed class Ground : IAsyncDisposable
{
    public const string Room = "others";

    private const int Cameras = 4;
    private const int Viewers = 2;
    private const double FramesPerSecond = 5;

    // As long as sessions wait for their senders, and what takes a while on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _data;
    private readonly Action _cleanUp;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Camera> _cameras = [];
    private readonly List<Task> _work = [];

    private Ground(ServerProcess server, DirectoryInfo data, Action cleanUp)
    {
        (Server, _data, _cleanUp) = (server, data, cleanUp);
        // Connections that a fault has used are closed before the server's handles are counted.
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = server.Address, Timeout = Patience };
    }

    public ServerProcess Server { get; }

    public HttpClient Http { get; }

    public static Task<Ground> StartAsync(params string[] settings) => StartAsync([], [], () => { }, settings);

    /// <param name="under">What the server is started by, see ServerProcess.</param>
    /// <param name="cleanUp">Is called when all is over.</param>
    public static async Task<Ground> StartAsync(string[] under, Dictionary<string, string> environment, Action cleanUp, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("es-chaos-");
        var server = await ServerProcess.StartAsync(
            under,
            set =>
            {
                foreach (var (name, value) in environment)
                {
                    set[name] = value;
                }
            },
            [$"--Storage:DataDirectory={data.FullName}", "--History:Enabled=true", "--Logging:LogLevel:Default=Error", .. settings]);
        var ground = new Ground(server, data, cleanUp);
        await ground.AddOthersAsync();
        return ground;
    }

    public Task<ProcessFigures> FiguresAsync() => ProcessFigures.ReadAsync(Server.Id, Http);

    /// <summary>Milliseconds to the others' answers since the last call.</summary>
    public double[] TakeLatencies()
    {
        double[] latencies = [.. _cameras.SelectMany(camera => camera.Latencies)];
        _cameras.ForEach(camera => camera.Reset());
        return latencies;
    }

    /// <summary>Lets the others finish; says what they miss.</summary>
    public async Task<List<string>> EndOthersAsync()
    {
        await _ending.CancelAsync();
        List<string> problems = [];
        try
        {
            await Task.WhenAll(_work);
            await UntilAsync(() => Task.FromResult(_cameras.All(camera => camera.Unanswered == 0)), "an answer to every frame of the others");
        }
        catch (Exception problem)
        {
            problems.Add(problem.Message);
        }

        return problems;
    }

    /// <summary>Readings that the server says are written, and those that it gives out.</summary>
    public async Task<(int Written, int Kept)> CountHistoryAsync()
    {
        // What is measured now may still wait.
        await UntilAsync(async () => Value(await Http.GetStringAsync(Address("/metrics")), "emotionstream_history_waiting") == 0, "everything written");
        var written = Value(await Http.GetStringAsync(Address("/metrics")), "emotionstream_history_written_total");
        var kept = (await Http.GetStringAsync(Address("/api/v1/history/readings?format=jsonl"))).Count(sign => sign == '\n');
        return (written, kept);
    }

    public static Uri Address(string path) => new(path, UriKind.Relative);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !await holds(); await Task.Delay(200))
        {
            if (Environment.TickCount64 > until)
            {
                throw new ChaosException($"waited {Patience.TotalSeconds:F0} s in vain for {what}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        _cleanUp();
        _data.Delete(recursive: true);
        _ending.Dispose();
    }

    private async Task AddOthersAsync()
    {
        var frames = Frames.Of("demo");
        for (var i = 0; i < Cameras; i++)
        {
            var camera = new Camera(Server.Address, new Pace(FramesPerSecond, adapts: true));
            await camera.StartAsync(Room, CancellationToken.None);
            _cameras.Add(camera);
            _work.Add(camera.SendAsync(frames, (double)i / Cameras, _ending.Token));
        }

        for (var i = 0; i < Viewers; i++)
        {
            _work.Add(new Viewer(Server.Address).WatchAsync(Room, _ending.Token));
        }
    }

    private static int Value(string figures, string name) => figures.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => (int)double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
}
