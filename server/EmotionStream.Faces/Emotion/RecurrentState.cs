namespace EmotionStream.Faces.Emotion;

/// <summary>What the recurrent model remembers of one face; zero for a face not seen before.</summary>
internal sealed class RecurrentState(int size)
{
    /// <summary>Stands where no face has been put yet.</summary>
    public static RecurrentState None { get; } = new(0);

    public float[] Hidden { get; } = new float[size];

    public float[] Cell { get; } = new float[size];

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
