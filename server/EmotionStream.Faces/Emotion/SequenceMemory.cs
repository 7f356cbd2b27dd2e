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

    /// <summary>What is remembered of a model that runs as this generation; of others it means nothing.</summary>
    public IReadOnlyList<FaceMemory> Save(int generation) =>
        [.. from face in _states where face.Value.Generation == generation select new FaceMemory(face.Key, [.. face.Value.Hidden], [.. face.Value.Cell])];

    /// <exception cref="FormatException">A state is none of the model.</exception>
    public void Load(IReadOnlyList<FaceMemory> saved, int generation)
    {
        foreach (var face in saved)
        {
            _states[face.FaceId] = RecurrentState.Load(face, stateSize, generation);
        }
    }

    public void Forget(ReadOnlySpan<int> faceIds)
    {
        foreach (var id in faceIds)
        {
            _states.Remove(id);
        }
    }
}
