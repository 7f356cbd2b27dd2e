namespace EmotionStream.Chaos.Faults;

/// <summary>The disk under the database is full for a while: readings wait in memory, streaming goes on, and nothing that was written is lost.</summary>
internal sealed class FullDisk : Fault
{
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(15);

    private string _disk = "";

    public override string Name => "full-disk";

    public override Task<Ground> PrepareAsync()
    {
        _disk = Directory.CreateTempSubdirectory("es-disk-").FullName;
        Shell.Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", _disk);
        return Ground.StartAsync(
            [], [],
            () =>
            {
                Shell.Run("umount", _disk);
                Directory.Delete(_disk);
            },
            $"--Storage:DataDirectory={_disk}");
    }

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var filler = Path.Combine(_disk, "filler");
        Fill(filler);
        await Ground.UntilAsync(async () => (await ground.Http.GetStringAsync(Ground.Address("/readyz"))).Contains("is full", StringComparison.Ordinal), "the server to say that its disk is full");
        await Task.Delay(Full * scale);
        File.Delete(filler);
        await Ground.UntilAsync(async () => !(await ground.Http.GetStringAsync(Ground.Address("/readyz"))).Contains("degraded", StringComparison.Ordinal), "the server to write again");
        var (written, kept) = await ground.CountHistoryAsync();
        return kept >= written ? $"{written} readings written before and after" : throw new ChaosException($"{written} readings were written, {kept} are there");
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
