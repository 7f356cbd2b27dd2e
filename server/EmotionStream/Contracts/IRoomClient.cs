namespace EmotionStream.Contracts;

/// <summary>What the room hub calls on those who have joined a room's call.</summary>
public interface IRoomClient
{
    Task Joined(Participant participant);

    Task Left(string participantId);

    /// <summary>Another participant's message to this one, in the order in which they were sent.</summary>
    Task Signalled(string from, string payload);
}
