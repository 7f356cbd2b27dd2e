using System.Net.Http.Json;

namespace EmotionStream.Chaos.Faults;

/// <summary>No name can be resolved: pictures that the server is to fetch are refused, and nobody else notices.</summary>
internal sealed class NoNames : Fault
{
    private const int Requests = 20;

    public override string Name => "no-dns";

    public override Task<Ground> PrepareAsync()
    {
        // Nobody answers at that address; mounted over the file for this one process.
        var resolver = Path.GetTempFileName();
        File.WriteAllText(resolver, "nameserver 127.0.0.254\n");
        return Ground.StartAsync(
            ["unshare", "--mount", "sh", "-c", $"mount --bind {resolver} /etc/resolv.conf && exec \"$@\"", "sh"], [], () => File.Delete(resolver),
            "--Fetch:Hosts:0=pictures.example.org");
    }

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, (int)(Requests * scale)).Select(async _ =>
        {
            using var reply = await ground.Http.PostAsJsonAsync(Ground.Address("/analyze"), new { img = "https://pictures.example.org/face.jpg" });
            return (int)reply.StatusCode;
        }));
        return statuses.All(status => status is >= 400 and < 500 or 502 or 503 or 504)
            ? $"{statuses.Length} pictures could not be fetched ({string.Join(", ", statuses.Distinct())})"
            : throw new ChaosException($"answered with {string.Join(", ", statuses.Distinct())}");
    }
}
