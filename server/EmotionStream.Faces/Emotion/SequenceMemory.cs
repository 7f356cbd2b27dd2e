namespace EmotionStream.Faces.Emotion;

/// <summary>The recurrent states of one session's faces, by face id.</summary>
/// <remarks>Not thread-safe, and needs not be: one frame of a session is in flight at a time.</remarks>
internal sealed class SequenceMemory(int stateSize)
{
    private readonly Dictionary<int, RecurrentState> _states = [];

    public int Count => _states.Count;

    public RecurrentState Of(int faceId)
    {
        if (!_states.TryGetValue(faceId, out var state))
        {
            _states[faceId] = state = new RecurrentState(stateSize);
        }

        return state;
    }

    public void Forget(ReadOnlySpan<int> faceIds)
    {
        foreach (var id in faceIds)
        {
            _states.Remove(id);
        }
    }
}
