namespace EmotionStream.Faces.Emotion;

/// <summary>What the recurrent model remembers of one face; zero for a face not seen before.</summary>
internal sealed class RecurrentState(int size)
{
    /// <summary>Stands where no face has been put yet.</summary>
    public static RecurrentState None { get; } = new(0);

    public float[] Hidden { get; } = new float[size];

    public float[] Cell { get; } = new float[size];

    /// <summary>Another server's state, of a model that runs here as this generation.</summary>
    /// <exception cref="FormatException">The numbers are not as many as the model's state has.</exception>
    public static RecurrentState Load(FaceMemory saved, int size, int generation)
    {
        if (saved.Hidden.Length != size || saved.Cell.Length != size)
        {
            throw new FormatException("This is no state of the model.");
        }

        var state = new RecurrentState(size) { Generation = generation };
        saved.Hidden.CopyTo(state.Hidden, 0);
        saved.Cell.CopyTo(state.Cell, 0);
        return state;
    }

    /// <summary>Which model the numbers are of; they mean nothing to another.</summary>
    public int Generation { get; private set; }

    /// <summary>Forgets what another model has remembered.</summary>
    public void MoveTo(int generation)
    {
        if (Generation != generation)
        {
            Array.Clear(Hidden);
            Array.Clear(Cell);
            Generation = generation;
        }
    }
}
