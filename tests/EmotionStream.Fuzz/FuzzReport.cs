namespace EmotionStream.Fuzz;

/// <summary>What one target's inputs came to.</summary>
/// <param name="Failures">Inputs after which something was not as it should be; those that ended the process are the supervisor's to count.</param>
/// <param name="Leaked">Buffers, sessions, descriptors that were still out when all was over.</param>
/// <param name="HeapBefore">Bytes of live objects when half of the inputs had been tried: what fills up once has done so by then, a leak has not.</param>
internal sealed record FuzzReport(
    string Target, long Inputs, double Seconds, int Branches, int Kept, int Failures, int Hangs, int Leaked, long HeapBefore, long HeapAfter, long ResidentBefore, long ResidentAfter)
{
    // A heap of 40 MB breathes by a megabyte or two, as caches fill.
    private const long HeapSlack = 2_000_000;

    // In fewer inputs, what the server keeps for minutes (pictures' faces that may be corrected, callers' shares) still fills up: CI's 724 HTTP requests
    // in five seconds took 3.6 MB, 100,000 took 5.
    private const long FewestForMemory = 20_000;

    public bool IsSound => Failures == 0 && Hangs == 0 && Leaked == 0 && Branches > 0 && HoldsNoMore;

    private bool HoldsNoMore => Inputs < FewestForMemory || HeapAfter - HeapBefore <= Math.Max(HeapBefore / 20, HeapSlack);

    public override string ToString() => FormattableString.Invariant(
        $"{Target,-12} {Inputs,8} inputs in {Seconds,6:F0} s, {Branches,5} branches, {Kept,4} kept: {Failures} failures, {Hangs} hangs, {Leaked} left behind; heap {HeapBefore / 1e6:F1} to {HeapAfter / 1e6:F1} MB, resident {ResidentBefore / 1e6:F0} to {ResidentAfter / 1e6:F0} MB{(IsSound ? "" : "  NOT SOUND")}");
}
