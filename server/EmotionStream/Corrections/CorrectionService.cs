using System.Net;
using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Storage;
using Microsoft.Extensions.Options;

namespace EmotionStream.Corrections;

/// <summary>Checks the corrections that people send, and stores them.</summary>
internal sealed class CorrectionService(
    SessionRegistry sessions, StillFaces stills, CorrectionStore store, IFaceArchive archive, CorrectionLimits limits, IOptions<FeedbackOptions> options,
    TimeProvider time)
{
    private const string Camera = "camera";
    private const string Still = "still";

    /// <summary>Stores what a person says about their own face, in their session or in a picture that they uploaded.</summary>
    /// <exception cref="RefusedException">It can't be accepted.</exception>
    public async Task<CorrectionKept> CorrectAsync(CorrectionRequest request, IPAddress? address, CancellationToken cancellation)
    {
        var face = request.Face ?? "";
        return request.ResumeToken is { } token
            ? await KeepAsync(
                await sessions.FindFaceAsync(token, face, request.CapturedAt) ?? throw new RefusedException(Refusals.UnknownFace),
                Camera, request, request.Contributor ?? token, address, cancellation)
            : await KeepAsync(
                await stills.FindAsync(face) ?? throw new RefusedException(Refusals.UnknownFaceToken),
                Still, request, request.Contributor ?? "", address, cancellation);
    }

    private async Task<CorrectionKept> KeepAsync(
        FaceGlimpse face, string source, CorrectionRequest request, string secret, IPAddress? address, CancellationToken cancellation)
    {
        var label = LabelNumbers.Of(request.Label);
        var refusal = !options.Value.Enabled ? Refusals.FeedbackOff
            : label < 0 ? Refusals.BadLabel
            : !Correction.IsSecret(secret) ? Refusals.BadContributor
            : limits.Take(address, secret);
        if (refusal is not null)
        {
            throw new RefusedException(refusal);
        }

        var correction = new Correction(
            Secrets.NewId(), time.GetUtcNow().ToUnixTimeMilliseconds(), Correction.ContributorOf(secret), source, face.ModelSha256, label, face.Answer,
            face.Embedding);
        try
        {
            // SQLite works on its caller's thread, and this may be a hub's.
            var (kept, archived) = await Task.Run(() => AddAsync(correction, face.Crop, cancellation), cancellation);
            return kept
                ? new CorrectionKept(correction.Id, EmotionLabels.All[label], EmotionLabels.All[face.Answer], archived)
                : throw new RefusedException(Refusals.Full);
        }
        catch (Exception problem) when (Database.IsOutage(problem))
        {
            throw new RefusedException(Refusals.StorageUnavailable);
        }
    }

    private async Task<(bool Kept, bool Archived)> AddAsync(Correction correction, FaceCrop? crop, CancellationToken cancellation)
    {
        var most = options.Value.MaxCorrections;
        return await archive.TryAddAsync(correction, crop, most, cancellation) ?? (await store.AddAsync(correction, most, cancellation), false);
    }
}
