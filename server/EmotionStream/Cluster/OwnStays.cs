using EmotionStream.Rooms;
using EmotionStream.Sessions;

namespace EmotionStream.Cluster;

/// <summary>This server's sessions and places in calls as the others name them: by their tokens' hashes.</summary>
/// <remarks>Asked when somebody moves or corrects a reading, which is rare: a walk through all of them costs less than a table beside.</remarks>
internal sealed class OwnStays(IServiceProvider services)
{
    // Both know the other servers, whose calls end here: they are fetched when first needed.
    private SessionRegistry Sessions => services.GetRequiredService<SessionRegistry>();

    private Calls Calls => services.GetRequiredService<Calls>();

    public void LetGo(Stay stay, string tokenHash, bool hasEnded)
    {
        if (stay == Stay.Session && Find(tokenHash) is { } session)
        {
            Sessions.LetGo(session);
        }

        if (stay == Stay.Call && Calls.All().FirstOrDefault(caller => Secrets.Hash(caller.ResumeToken) == tokenHash) is { } caller)
        {
            if (hasEnded)
            {
                Calls.Leave(caller);
            }
            else
            {
                Calls.LetGo(caller);
            }
        }
    }

    public FaceCopy? FindFace(string tokenHash, string face, double? capturedAt) =>
        Find(tokenHash)?.RecentFaces.Find(face, capturedAt) is { } glimpse
            ? new FaceCopy(
                glimpse.FaceId, glimpse.CapturedAt, glimpse.Embedding, glimpse.Answer, glimpse.ModelSha256, glimpse.Crop?.Contributor, glimpse.Crop?.Pixels)
            : null;

    public bool HoldCrops(string tokenHash, string? contributor)
    {
        var session = Find(tokenHash);
        if (contributor is not null)
        {
            session?.RecentFaces.HoldCrops(contributor);
        }

        return session is not null;
    }

    private Session? Find(string tokenHash) => Sessions.All.FirstOrDefault(session => Secrets.Hash(session.ResumeToken) == tokenHash);
}
