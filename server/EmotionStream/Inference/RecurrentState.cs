namespace EmotionStream.Inference;

/// <summary>What the recurrent model remembers of one face; zero for a face not seen before.</summary>
internal sealed class RecurrentState(int size)
{
    /// <summary>Stands where no face has been put yet.</summary>
    public static RecurrentState None { get; } = new(0);

    public float[] Hidden { get; } = new float[size];

    public float[] Cell { get; } = new float[size];
}
