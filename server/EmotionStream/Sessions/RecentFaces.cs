using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Sessions;

/// <summary>The last seconds of a session's faces, so that a person can say that one was misread.</summary>
/// <remarks>
/// Only the frames' way writes, one frame at a time, and whole glimpses at once; anybody may read meanwhile, without a lock.
/// A glimpse is made twice a second and takes 400 bytes, so a session holds 50 KB at most. Crops of a face, 2.3 KB each, are held for
/// senders who have opted in only, 300 KB at most, and only while one face is in the picture: nobody else there has been asked.
/// </remarks>
internal sealed class RecentFaces(TimeProvider time)
{
    private const int Faces = 4;
    private const int GlimpsesOfAFace = 32;

    // A person who sees a wrong label still has to open the list and choose.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly FaceGlimpse?[] _glimpses = new FaceGlimpse?[Faces * GlimpsesOfAFace];
    private volatile string? _cropsFor;
    private int _next;
    private long _keptAt;

    /// <summary>The contributor whose opting in to the face archive holds for this session; nobody until somebody has.</summary>
    public string? CropsFor => _cropsFor;

    /// <summary>How many crops are held now.</summary>
    public int CropCount => _glimpses.Count(glimpse => glimpse?.Crop is not null);

    public void Keep(double capturedAt, Picture picture)
    {
        var now = time.GetTimestamp();
        if (_keptAt != 0 && time.GetElapsedTime(_keptAt, now) < Pause)
        {
            return;
        }

        _keptAt = now;
        var contributor = _cropsFor;
        var cropsFor = picture.FaceCount == 1 ? contributor : null;
        for (var i = 0; i < Math.Min(picture.FaceCount, Faces); i++)
        {
            var (face, reading) = (picture[i].Face, picture[i].Reading);
            var embedding = new Half[reading.Embedding.Length];
            TensorPrimitives.ConvertToHalf(reading.Embedding, embedding);
            var answer = TensorPrimitives.IndexOfMax<float>(reading.Emotions);
            var crop = cropsFor is null ? null : new FaceCrop(cropsFor, [.. picture[i].Pixels]);
            Volatile.Write(ref _glimpses[_next], new FaceGlimpse(face.Id, capturedAt, now, embedding, answer, reading.ModelSha256, crop));
            _next = (_next + 1) % _glimpses.Length;
        }

        if (contributor is not null)
        {
            ForgetIfWithdrawn(contributor);
        }
    }

    /// <summary>Holds crops from now on, for the corrections of a contributor who has opted in to the face archive.</summary>
    public void HoldCrops(string contributor) => _cropsFor = contributor;

    /// <summary>Forgets a contributor's crops at once and holds no further ones.</summary>
    public void ForgetCrops(string contributor)
    {
        if (_cropsFor == contributor)
        {
            _cropsFor = null;
        }

        // The frames' way may be writing one that it began before: it looks once more after it has written, and so one of the two sees the other.
        Interlocked.MemoryBarrier();
        ForgetCrops(glimpse => glimpse.Crop!.Contributor == contributor);
    }

    /// <summary>Forgets crops that can't be corrected any more.</summary>
    public void ForgetPastCrops()
    {
        var now = time.GetTimestamp();
        ForgetCrops(glimpse => time.GetElapsedTime(glimpse.SeenAt, now) >= Memory);
    }

    /// <summary>The face's glimpse nearest to that time of the sender's clock, or its last one; null if it was not there lately.</summary>
    public FaceGlimpse? Find(string faceId, double? capturedAt)
    {
        if (!int.TryParse(faceId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var now = time.GetTimestamp();
        var own = Enumerable.Range(0, _glimpses.Length).Select(i => Volatile.Read(ref _glimpses[i])).OfType<FaceGlimpse>()
            .Where(glimpse => glimpse.FaceId == id && time.GetElapsedTime(glimpse.SeenAt, now) < Memory);
        return capturedAt is { } wanted && double.IsFinite(wanted)
            ? own.MinBy(glimpse => Math.Abs(glimpse.CapturedAt - wanted))
            : own.MaxBy(glimpse => glimpse.SeenAt);
    }

    private void ForgetIfWithdrawn(string contributor)
    {
        Interlocked.MemoryBarrier();
        if (_cropsFor != contributor)
        {
            ForgetCrops(glimpse => glimpse.Crop!.Contributor == contributor);
        }
    }

    private void ForgetCrops(Func<FaceGlimpse, bool> which)
    {
        for (var i = 0; i < _glimpses.Length; i++)
        {
            if (Volatile.Read(ref _glimpses[i]) is { Crop: not null } glimpse && which(glimpse))
            {
                // Not if a newer one has taken its place.
                Interlocked.CompareExchange(ref _glimpses[i], glimpse with { Crop = null }, glimpse);
            }
        }
    }
}
