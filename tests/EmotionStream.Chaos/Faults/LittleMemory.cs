using System.Net.Http.Headers;
using EmotionStream.Tests.Vision;

namespace EmotionStream.Chaos.Faults;

/// <summary>A server that may not have as much memory as it is asked for: it refuses work, and does not die.</summary>
/// <remarks>The runtime's own limit on the heap. Containers may not be allowed to make cgroups, so this works everywhere.</remarks>
internal sealed class LittleMemory : Fault
{
    private const long HeapBytes = 100_000_000;
    private const int Uploads = 60;

    public override string Name => "memory";

    public override Task<Ground> PrepareAsync() => Ground.StartAsync(
        [], new() { ["DOTNET_GCHeapHardLimit"] = HeapBytes.ToString("X", System.Globalization.CultureInfo.InvariantCulture) }, () => { });

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        // As large as uploads may be, whatever is in them.
        byte[] file = [.. TestJpeg.Color(1600, 1200), .. new byte[15_000_000]];
        var statuses = await Task.WhenAll(Enumerable.Range(0, (int)(Uploads * scale)).Select(async _ =>
        {
            using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
            try
            {
                using var reply = await ground.Http.PostAsync(Ground.Address("/api/v1/images"), content);
                return (int)reply.StatusCode;
            }
            catch (HttpRequestException)
            {
                // Refused before all was sent.
                return 0;
            }
        }));
        var counts = string.Join(", ", statuses.GroupBy(status => status).OrderBy(group => group.Key).Select(group => $"{group.Count()} with {group.Key}"));
        if (statuses.Any(status => status is >= 500 and not 503))
        {
            throw new ChaosException($"{statuses.Length} uploads: {counts}");
        }

        return ground.Server.HasEnded ? throw new ChaosException("the server died") : $"{statuses.Length} uploads of {file.Length / 1_000_000} MB at once within a heap of {HeapBytes / 1_000_000} MB: {counts}";
    }
}
