namespace EmotionStream.Fuzz;

/// <summary>A part of the server that takes bytes from strangers.</summary>
internal abstract class FuzzTarget : IAsyncDisposable
{
    /// <summary>Sound inputs to begin with.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What an input may be made of, besides other inputs.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>Makes the next input from an earlier one.</summary>
    public virtual byte[] Make(byte[] earlier, byte[] other, Mutator mutator, long number) => mutator.Mutate(earlier, other);

    /// <summary>Tries one input; says what it broke, and null if the server took or refused it as it should.</summary>
    public abstract Task<string?> TryAsync(byte[] input);

    /// <summary>Lets go of what inputs are held by, such as connections, and counts what they have left behind.</summary>
    public virtual Task<int> CountLeaksAsync() => Task.FromResult(0);

    public abstract ValueTask DisposeAsync();
}
