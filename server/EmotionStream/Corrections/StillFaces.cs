using EmotionStream.Faces.Emotion;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Corrections;

/// <summary>Remembers the faces of uploaded pictures for some minutes, as embeddings under a token that only their sender receives.</summary>
/// <remarks>Their crops are held only for senders who have opted in to the face archive.</remarks>
internal sealed class StillFaces(IOptions<FeedbackOptions> options, IOtherServers others, TimeProvider time)
{
    // 600 bytes each, and 2.3 KB more with a crop.
    private const int Most = 8192;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly Lock _changes = new();
    private readonly Dictionary<string, FaceGlimpse> _faces = [];
    private readonly Queue<string> _oldest = [];

    /// <summary>Whether corrections are taken at all; without them there is no reason to remember a face.</summary>
    public bool AreOfUse => options.Value.Enabled;

    /// <summary>The contributors of the crops held now, one entry a crop.</summary>
    public IReadOnlyList<string> CropsFor()
    {
        lock (_changes)
        {
            ForgetPast();
            return [.. _faces.Values.Select(glimpse => glimpse.Crop?.Contributor).OfType<string>()];
        }
    }

    public string Keep(EmotionReading reading, string answer, FaceCrop? crop = null)
    {
        var token = Secrets.NewToken() + others.Tag;
        var glimpse = new FaceGlimpse(0, 0, time.GetTimestamp(), Embeddings.Halve(reading.Embedding), LabelNumbers.Of(answer), reading.ModelSha256, crop);
        lock (_changes)
        {
            _faces[token] = glimpse;
            _oldest.Enqueue(token);
            ForgetPast();
        }

        return token;
    }

    /// <summary>Forgets a contributor's crops at once.</summary>
    public void ForgetCrops(string contributor)
    {
        lock (_changes)
        {
            foreach (var (token, glimpse) in _faces.Where(face => face.Value.Crop?.Contributor == contributor).ToList())
            {
                _faces[token] = glimpse with { Crop = null };
            }
        }
    }

    /// <summary>Also finds faces of pictures that another server of the cluster has read.</summary>
    public async ValueTask<FaceGlimpse?> FindAsync(string token) => Find(token) ?? await others.FindStillFaceAsync(token);

    public FaceGlimpse? Find(string token)
    {
        lock (_changes)
        {
            ForgetPast();
            return _faces.GetValueOrDefault(token);
        }
    }

    private void ForgetPast()
    {
        while (_oldest.Count > Most || (_oldest.TryPeek(out var token) && time.GetElapsedTime(_faces[token].SeenAt) > Memory))
        {
            _faces.Remove(_oldest.Dequeue());
        }
    }
}
