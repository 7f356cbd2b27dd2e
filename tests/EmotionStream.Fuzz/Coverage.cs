using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace EmotionStream.Fuzz;

/// <summary>Which branches of the instrumented assemblies an input has taken, and how often.</summary>
/// <remarks>
/// SharpFuzz adds to each branch a count in a map of 64 KB that AFL would share. Here the map is this process's own, so neither AFL nor a
/// second process is needed, and the whole server can be driven over its sockets.
/// </remarks>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Has to be made before instrumented code runs.</summary>
    public Coverage() => Trace.SharedMem = _map;

    /// <summary>Branches that were taken so far.</summary>
    public int Branches { get; private set; }

    public void Clear() => new Span<byte>(_map, Size).Clear();

    /// <summary>Whether a branch was taken since the last clearing that had not been before, or more often by a power of two.</summary>
    public bool TakeNew()
    {
        var map = new ReadOnlySpan<byte>(_map, Size);
        var found = false;
        for (var at = 0; map[at..].IndexOfAnyExcept((byte)0) is >= 0 and var skipped; at++)
        {
            at += skipped;
            // Another thread may have cleared nothing but may count on: one reading of each byte.
            var count = map[at];
            var bucket = (byte)(1 << (31 - int.LeadingZeroCount(Math.Max((int)count, 1))));
            if ((_seen[at] & bucket) == 0)
            {
                Branches += _seen[at] == 0 ? 1 : 0;
                _seen[at] |= bucket;
                found = true;
            }

            if (at == Size - 1)
            {
                break;
            }
        }

        return found;
    }
}
