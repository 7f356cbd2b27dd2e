namespace EmotionStream.Chaos;

/// <summary>Something that goes wrong around a server.</summary>
internal abstract class Fault
{
    public abstract string Name { get; }

    /// <summary>Starts a server that it can happen to.</summary>
    public virtual Task<Ground> PrepareAsync() => Ground.StartAsync();

    /// <summary>Lets it happen and makes it good again; says what it came to.</summary>
    /// <exception cref="ChaosException">The server did not do what it has to.</exception>
    public abstract Task<string> RunAsync(Ground ground, double scale);
}
