using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Options;

namespace EmotionStream.Benchmarks;

/// <summary>A real cluster, as deploy/cluster.sh starts it: how late viewers on other servers are, and what is lost when servers fail.</summary>
internal static class ClusterBenchmark
{
    private const int Cameras = 30;
    private const int Rooms = 6;
    private const int Callers = 4;
    private const string OperatorKey = "the key of the cluster benchmark";

    private static readonly RoomTokens Tokens = new(Options.Create(new RoomsOptions { OperatorKey = OperatorKey }));

    public static string Token(string room, RoomRole role) => Tokens.Sign(new RoomPass(room, role, DateTimeOffset.UtcNow.AddHours(2)));

    public static async Task RunAsync(int kills, int hangs, int rolls)
    {
        var data = Directory.CreateDirectory("/tmp/es-cluster-benchmark").FullName;
        using var cluster = await ClusterUnderTest.StartAsync(data, servers: 3, $"--Rooms:OperatorKey={OperatorKey}");
        List<ClusterCamera> cameras = [.. Enumerable.Range(0, Cameras).Select(i => new ClusterCamera(cluster, $"room {i % Rooms}", $"camera {i}"))];
        cameras.ForEach(camera => camera.Begin());
        await Task.WhenAll(cameras.Select(camera => camera.FirstAnswer));
        await MeasureDelayAsync(cluster, cameras);
        for (var kill = 1; kill <= kills; kill++)
        {
            await FailAsync(cluster, cameras, $"kill -9, number {kill}", signal: "KILL");
        }

        for (var hang = 1; hang <= hangs; hang++)
        {
            await FailAsync(cluster, cameras, $"SIGSTOP, a server that hangs, number {hang}", signal: "STOP");
        }

        for (var roll = 1; roll <= rolls; roll++)
        {
            await RollAsync(cluster, cameras, roll);
        }

        await Task.WhenAll(cameras.Select(camera => camera.DisposeAsync().AsTask()));
        await ShowLeftoversAsync(cluster);
    }

    /// <summary>How old readings are when a viewer gets them, of cameras on its own server and of those on others.</summary>
    private static async Task MeasureDelayAsync(ClusterUnderTest cluster, List<ClusterCamera> cameras)
    {
        var server = cluster.Servers[0];
        await using var client = await HubTestClient.ConnectAsync(server.Address, "messagepack", "/hubs/room");
        var local = cameras.Where(camera => camera.Server == server).Select(camera => camera.SessionId).ToHashSet();
        List<double> here = [], elsewhere = [];
        var updates = 0;
        var watched = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Rooms).Select(async room =>
        {
            var name = $"room {room}";
            var stream = await client.StreamAsync<RoomUpdate>("Watch", new WatchRequest(name, RateHz: 5, Token(name, RoomRole.Viewer)));
            var seen = new Dictionary<string, double>();
            while (watched.Elapsed < TimeSpan.FromSeconds(20))
            {
                var update = (RoomUpdate)await stream.ReadAsync();
                Interlocked.Increment(ref updates);
                foreach (var person in update.People.Where(person => person.At is not null && seen.GetValueOrDefault(person.Id) < person.At - 20))
                {
                    seen[person.Id] = person.At!.Value;
                    lock (here)
                    {
                        (local.Contains(person.Id) ? here : elsewhere).Add(person.AgeMs!.Value);
                    }
                }
            }
        }));
        Console.WriteLine(
            $"a viewer at 5 Hz got {updates / (double)Rooms / watched.Elapsed.TotalSeconds:F1} updates a second of each room; readings were old, ms: "
            + $"on its own server p50 {Percentiles.Percentile([.. here], 0.5):F0}, p99 {Percentiles.Percentile([.. here], 0.99):F0} ({here.Count}); "
            + $"on others p50 {Percentiles.Percentile([.. elsewhere], 0.5):F0}, p99 {Percentiles.Percentile([.. elsewhere], 0.99):F0} ({elsewhere.Count})");
    }

    private static async Task FailAsync(ClusterUnderTest cluster, List<ClusterCamera> cameras, string what, string signal)
    {
        await cluster.UntilAllReadyAsync();
        // What servers leave for each other is a second old at most.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var victim = cluster.Servers.MaxBy(server => cameras.Count(camera => camera.Server == server))!;
        var hit = cameras.Where(camera => camera.Server == victim).ToList();
        var others = cameras.Except(hit).ToList();
        var unanswered = others.Sum(camera => camera.Lost);
        var viewing = cluster.Servers.First(server => server != victim);
        await using var viewer = await HubTestClient.ConnectAsync(viewing.Address, "messagepack", "/hubs/room");
        var before = hit.Select(camera => (camera, camera.SessionId, camera.FaceId)).ToList();
        var clock = Stopwatch.StartNew();
        victim.Signal(signal);
        var complete = Task.WhenAll(Enumerable.Range(0, Rooms).Select(room => UntilCompleteAsync(viewer, $"room {room}")));
        await Task.WhenAll(hit.Select(camera => camera.NextAnswerElsewhere(victim).WaitAsync(TimeSpan.FromMinutes(1))));
        var back = clock.Elapsed;
        await complete.WaitAsync(TimeSpan.FromMinutes(1));
        var whole = clock.Elapsed;
        var same = before.Count(was => (was.camera.SessionId, was.camera.FaceId) == (was.SessionId, was.FaceId));
        Console.WriteLine(
            $"{what}: {hit.Count} cameras back elsewhere in {back.TotalSeconds:F1} s, {same} with the same session and face; "
            + $"all rooms complete in {whole.TotalSeconds:F1} s; {others.Sum(camera => camera.Lost) - unanswered} frames of the other {others.Count} cameras lost");
        if (signal == "STOP")
        {
            victim.Signal("KILL");
        }
    }

    /// <summary>Stops and replaces every server, one after the other, while people are in a call and watch.</summary>
    private static async Task RollAsync(ClusterUnderTest cluster, List<ClusterCamera> cameras, int number)
    {
        await cluster.UntilAllReadyAsync();
        List<ClusterCaller> callers = [.. Enumerable.Range(0, Callers).Select(_ => new ClusterCaller(cluster, "room 0"))];
        callers.ForEach(caller => caller.Begin());
        var sessions = cameras.Select(camera => (camera.SessionId, camera.FaceId)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(3));
        callers.ForEach(caller => (caller.LongestGap, caller.FewestPeople) = (TimeSpan.Zero, int.MaxValue));
        foreach (var server in cluster.Servers)
        {
            await cluster.UntilAllReadyAsync();
            await Task.Delay(TimeSpan.FromSeconds(3));
            var hit = cameras.Where(camera => camera.Server == server).ToList();
            var clock = Stopwatch.StartNew();
            var stop = server.StopAsync();
            await Task.WhenAll(hit.Select(camera => camera.NextAnswerElsewhere(server).WaitAsync(TimeSpan.FromMinutes(1))));
            var back = clock.Elapsed;
            await stop;
            Console.WriteLine(
                $"rolling restart {number}, {server.Name}: {hit.Count} cameras back elsewhere in {back.TotalSeconds:F1} s; it had ended after {clock.Elapsed.TotalSeconds:F1} s");
        }

        await cluster.UntilAllReadyAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var same = cameras.Zip(sessions).Count(pair => (pair.First.SessionId, pair.First.FaceId) == pair.Second);
        Console.WriteLine(
            $"rolling restart {number}: {same} of {cameras.Count} cameras have the same session and face; {callers.Count} in the call came back {callers.Sum(caller => caller.Returns)} times, "
            + $"{callers.Sum(caller => caller.PlacesLost)} to another place; their dashboards were without an update for {callers.Max(caller => caller.LongestGap).TotalSeconds:F1} s at most "
            + $"and showed {callers.Min(caller => caller.FewestPeople)} of {Cameras / Rooms} people at least");
        await Task.WhenAll(callers.Select(caller => caller.DisposeAsync().AsTask()));
    }

    /// <summary>Until everybody in the room is there with a reading of this second.</summary>
    private static async Task UntilCompleteAsync(HubTestClient viewer, string room)
    {
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest(room, RateHz: 10, Token(room, RoomRole.Viewer)));
        // The first updates still show those who are gone.
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        while (((RoomUpdate)await updates.ReadAsync()).People.Count(person => person.AgeMs < 500) < Cameras / Rooms)
        {
        }
    }

    private static async Task ShowLeftoversAsync(ClusterUnderTest cluster)
    {
        await cluster.UntilAllReadyAsync();
        await Task.Delay(TimeSpan.FromSeconds(45));
        using var http = new HttpClient();
        var sessions = 0;
        var rooms = 0;
        foreach (var server in cluster.Servers)
        {
            var metrics = await http.GetStringAsync(new Uri(server.Address, "/metrics"));
            // Of the machine itself, which needs no key.
            sessions += Figure(metrics, "emotionstream_sessions_active");
            rooms += Figure(metrics, "emotionstream_rooms_active");
        }

        Console.WriteLine($"left over 45 s after the last sender stopped: {sessions} sessions, {rooms} rooms, {cluster.Left} entries in Redis");
    }

    private static int Figure(string metrics, string name) =>
        Regex.Match(metrics, name + @"\{\} (\d+)") is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
}
