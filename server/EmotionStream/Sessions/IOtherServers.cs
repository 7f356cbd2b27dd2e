namespace EmotionStream.Sessions;

/// <summary>What sessions and places in calls need of the cluster's other servers; a single machine has none.</summary>
internal interface IOtherServers
{
    /// <summary>False on a single machine: nothing is kept for anybody then.</summary>
    bool Exist { get; }

    /// <summary>What tokens of pictures' faces end with here, so that the others know whom to ask; nothing on a single machine.</summary>
    string Tag { get; }

    /// <summary>Leaves what another server needs to go on, for as long as the holder of the token may be away.</summary>
    /// <returns>False if another server has gone on with it already, or it was ended there.</returns>
    Task<bool> LeaveAsync<T>(Stay stay, string token, T state, TimeSpan life);

    /// <summary>Goes on with what another server had; that one lets go of it. Null if there is nothing, or it can't be trusted.</summary>
    Task<TakenOver<T>?> TakeOverAsync<T>(Stay stay, string token, TimeSpan life)
        where T : class;

    /// <summary>Ends it wherever it is, so that nobody goes on with it.</summary>
    Task EndAsync(Stay stay, string token);

    /// <summary>A face of a session on another server, to be corrected.</summary>
    Task<FaceGlimpse?> FindFaceAsync(string token, string face, double? capturedAt);

    /// <summary>A face of a picture that another server has read, to be corrected.</summary>
    Task<FaceGlimpse?> FindStillFaceAsync(string token);

    /// <summary>Holds crops of a session on another server for the face archive, or with null only looks; false if there is none of that token.</summary>
    Task<bool> HoldCropsAsync(string token, string? contributor);
}

/// <summary>What a resume token stands for.</summary>
internal enum Stay
{
    Session,
    Call,
}

/// <summary>What another server left.</summary>
/// <param name="Moves">How often it has moved: of two servers that claim it, the one that moved it last is right.</param>
internal sealed record TakenOver<T>(T State, int Moves);

/// <summary>A single machine.</summary>
internal sealed class NoOtherServers : IOtherServers
{
    public bool Exist => false;

    public string Tag => "";

    public Task<bool> LeaveAsync<T>(Stay stay, string token, T state, TimeSpan life) => Task.FromResult(true);

    public Task<TakenOver<T>?> TakeOverAsync<T>(Stay stay, string token, TimeSpan life)
        where T : class => Task.FromResult<TakenOver<T>?>(null);

    public Task EndAsync(Stay stay, string token) => Task.CompletedTask;

    public Task<FaceGlimpse?> FindFaceAsync(string token, string face, double? capturedAt) => Task.FromResult<FaceGlimpse?>(null);

    public Task<FaceGlimpse?> FindStillFaceAsync(string token) => Task.FromResult<FaceGlimpse?>(null);

    public Task<bool> HoldCropsAsync(string token, string? contributor) => Task.FromResult(false);
}
