using EmotionStream.Inference;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Feedback;

/// <summary>Remembers the faces of uploaded pictures for some minutes, as embeddings under a token that only their sender is told.</summary>
internal sealed class StillFaces(IOptions<FeedbackOptions> options, TimeProvider time)
{
    // 600 bytes each.
    private const int Most = 8192;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly Lock _changes = new();
    private readonly Dictionary<string, FaceGlimpse> _faces = [];
    private readonly Queue<string> _oldest = [];

    /// <summary>Whether corrections are taken at all; without them there is no reason to remember a face.</summary>
    public bool AreOfUse => options.Value.Enabled;

    public string Keep(EmotionReading reading, string answer)
    {
        var token = Secrets.NewToken();
        var glimpse = new FaceGlimpse(0, 0, time.GetTimestamp(), Embeddings.Halve(reading.Embedding), LabelNumbers.Of(answer), reading.ModelSha256);
        lock (_changes)
        {
            _faces[token] = glimpse;
            _oldest.Enqueue(token);
            while (_oldest.Count > Most || time.GetElapsedTime(_faces[_oldest.Peek()].SeenAt) > Memory)
            {
                _faces.Remove(_oldest.Dequeue());
            }
        }

        return token;
    }

    public FaceGlimpse? Find(string token)
    {
        lock (_changes)
        {
            return _faces.TryGetValue(token, out var glimpse) && time.GetElapsedTime(glimpse.SeenAt) <= Memory ? glimpse : null;
        }
    }
}
