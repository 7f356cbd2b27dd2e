using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.History;

/// <summary>Follows those who enter rooms, where history is on.</summary>
internal sealed class HistoryRecorder(IOptions<HistoryOptions> options, HistoryQueue queue, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, HistorySource> _byOwner = [];

    /// <summary>Begins to keep a session's readings in a room; null where history is off.</summary>
    public HistorySource? Follow(Session session, string room)
    {
        if (!options.Value.Enabled)
        {
            return null;
        }

        var owner = OwnerOf(session.ResumeToken);
        var interval = TimeSpan.FromSeconds(1 / options.Value.RateHz);
        return _byOwner[owner] = new HistorySource(room, session.Id, () => session.Profile.Name, owner, interval, queue, time);
    }

    public void Leave(HistorySource source) => _byOwner.TryRemove(KeyValuePair.Create(source.Owner, source));

    /// <summary>Keeps nothing more of an owner's present stay, if there is one.</summary>
    public void Mute(string owner)
    {
        if (_byOwner.TryGetValue(owner, out var source))
        {
            source.Mute();
        }
    }

    /// <summary>
    /// What stands for a session's resume token in the database: its holder can show the token years later, but nobody can find a token
    /// in the database.
    /// </summary>
    public static string OwnerOf(string resumeToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("EmotionStream history, 1: " + resumeToken)));
}
