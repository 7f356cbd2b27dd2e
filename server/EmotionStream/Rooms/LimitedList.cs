namespace EmotionStream.Rooms;

/// <summary>Those of one kind in a room, at most so many, in the order in which they came.</summary>
/// <remarks>Changed under the registry's lock; read by anybody at any time, since a change makes a new array.</remarks>
internal sealed class LimitedList<T>(int limit)
    where T : class
{
    private volatile T[] _taken = [];

    public IReadOnlyList<T> All => _taken;

    public bool IsFull => _taken.Length >= limit;

    public void Add(T guest) => _taken = [.. _taken, guest];

    public bool Remove(T guest)
    {
        var before = _taken.Length;
        _taken = [.. _taken.Where(other => other != guest)];
        return _taken.Length < before;
    }
}
