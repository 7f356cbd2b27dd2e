using EmotionStream.Corrections;
using EmotionStream.Rooms;
using EmotionStream.Sessions;

namespace EmotionStream.Cluster;

/// <summary>This server's sessions, places in calls and pictures' faces, of which the others ask.</summary>
/// <remarks>Asked when somebody moves or corrects a reading, which is rare: a walk through all of them costs less than a table beside.</remarks>
internal sealed class OwnStays(IServiceProvider services)
{
    // All know the other servers, whose calls end here: they are fetched when first needed.
    private SessionRegistry Sessions => services.GetRequiredService<SessionRegistry>();

    private Calls Calls => services.GetRequiredService<Calls>();

    private StillFaces Stills => services.GetRequiredService<StillFaces>();

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
        FaceCopy.Of(Find(tokenHash)?.RecentFaces.Find(face, capturedAt));

    public FaceCopy? FindStillFace(string token) => FaceCopy.Of(Stills.Find(token));

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
