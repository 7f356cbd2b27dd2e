namespace EmotionStream.Contracts;

/// <summary>What a viewer asks of the room hub's Watch.</summary>
/// <param name="RateHz">Updates a second, 1 to 30.</param>
/// <param name="Token">A viewer's token for this room, where the operator has set a key.</param>
public sealed record WatchRequest(string? Room = null, double RateHz = 5, string? Token = null);
