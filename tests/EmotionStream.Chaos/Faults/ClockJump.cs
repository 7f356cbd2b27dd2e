namespace EmotionStream.Chaos.Faults;

/// <summary>The clock jumps by an hour, back and on, as when a machine has slept or its time was wrong.</summary>
/// <remarks>Debian's libfaketime shifts the clock that tells the date; the one that measures durations goes on, as on a real machine.</remarks>
internal sealed class ClockJump : Fault
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private string _offset = "";

    public override string Name => "clock";

    public override Task<Ground> PrepareAsync()
    {
        if (!File.Exists(Library))
        {
            throw new ChaosException("libfaketime is missing: apt-get install libfaketime");
        }

        _offset = Path.GetTempFileName();
        File.WriteAllText(_offset, "+0");
        return Ground.StartAsync(
            [],
            new()
            {
                ["LD_PRELOAD"] = Library, ["FAKETIME_TIMESTAMP_FILE"] = _offset, ["FAKETIME_NO_CACHE"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1",
            },
            () => File.Delete(_offset));
    }

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var before = (await ground.FiguresAsync()).Sessions;
        foreach (var offset in (string[])["-1h", "+0", "+1h"])
        {
            await File.WriteAllTextAsync(_offset, offset);
            await Task.Delay(Rest * scale);
            using var reply = await ground.Http.GetAsync(Ground.Address("/healthz"));
            var shift = (reply.Headers.Date - DateTimeOffset.UtcNow)!.Value.TotalHours;
            if (Math.Abs(shift - (offset == "+0" ? 0 : offset == "+1h" ? 1 : -1)) > 0.1)
            {
                throw new ChaosException($"the server's clock is {shift:F1} hours off, not {offset}");
            }

            if ((await ground.FiguresAsync()).Sessions is var now && now != before)
            {
                throw new ChaosException($"{now} of {before} sessions are left after a jump to {offset}");
            }
        }

        // It stays there, since readings of the future are only given out when it has come.
        return "an hour back, on again, and another on";
    }
}
