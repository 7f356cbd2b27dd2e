using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Hubs;

/// <summary>Decides whether a sender may start, and cleans what it said of itself.</summary>
internal sealed class StartRules(IOptions<SessionsOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How fast one connection may start and change its session.</summary>
    public CallLimit NewLimit(Action abort) => new(options.Value.MaxStartsPerSecond, time, abort);

    /// <exception cref="RefusedException">It is no distribution over the labels.</exception>
    public static RestFace? RestFaceOf(IReadOnlyList<float>? reading) => reading is null
        ? null
        : RestFace.TryCreate(reading) ?? throw new RefusedException(
            Refusals.Bad("rest_face", $"A rest face has {EmotionLabels.All.Count} shares from 0 to 1 that add up to 1, in the order of the labels."));

    /// <exception cref="RefusedException">The request is refused; the text begins with a code word.</exception>
    public SenderProfile Check(StartRequest request)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RefusedException(Refusals.Stopping);
        }

        if (!request.Consent)
        {
            throw new RefusedException(Refusals.ConsentRequired);
        }

        if (request.Purpose is not { } purpose)
        {
            throw new RefusedException(Refusals.PurposeRequired);
        }

        if (purpose is Purpose.Workplace or Purpose.Education && !options.Value.AllowWorkplaceAndEducation)
        {
            throw new RefusedException(Refusals.PurposeRefused);
        }

        var (room, name) = (Names.Clean(request.Room, "room"), Names.Clean(request.Name, "name"));
        return new SenderProfile(purpose, request.Share == Share.Nothing ? null : room, name, request.WantHeatmap, request.Share, RestFaceOf(request.RestFace));
    }
}
