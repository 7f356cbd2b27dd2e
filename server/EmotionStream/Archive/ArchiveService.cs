using System.Net;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Sessions;
using EmotionStream.Storage;
using Microsoft.Extensions.Options;

namespace EmotionStream.Archive;

/// <summary>Opts people in to the face archive and out of it, and keeps their faces for exactly as long as they agree.</summary>
internal sealed class ArchiveService(
    SessionRegistry sessions, IOtherServers others, StillFaces stills, ArchiveStore store, FaceEncryption encryption, CorrectionLimits limits, IOptions<FeedbackOptions> options,
    TimeProvider time) : IFaceArchive
{
    /// <summary>Whether faces can be kept at all.</summary>
    public bool IsOn => encryption.HasKey && options.Value.Enabled;

    /// <summary>Crops in memory now, of sessions and of pictures.</summary>
    public int HeldCrops => stills.CropsFor().Count + sessions.All.Sum(session => session.RecentFaces.CropCount);

    /// <summary>Opts a contributor in, until they withdraw.</summary>
    /// <exception cref="RefusedException">They can't opt in; the text says why.</exception>
    public async Task OptInAsync(string secret, IPAddress? address, CancellationToken cancellation)
    {
        RequireOn();
        var refusal = !Correction.IsSecret(secret) ? Refusals.BadContributor : limits.Take(address, secret);
        if (refusal is not null)
        {
            throw new RefusedException(refusal);
        }

        // No more people than corrections: those who opt in intend to send some.
        if (!await store.OptInAsync(Correction.ContributorOf(secret), time.GetUtcNow().ToUnixTimeMilliseconds(), options.Value.MaxCorrections, cancellation))
        {
            throw new RefusedException(Refusals.Full);
        }
    }

    /// <summary>From now on holds the crops of a session's lone face for as long as they can be corrected.</summary>
    /// <exception cref="RefusedException">There is no such session, or its contributor has not opted in.</exception>
    public async Task HoldAsync(string contributor, string resumeToken, CancellationToken cancellation)
    {
        RequireOn();
        if (sessions.Find(resumeToken) is not { } session)
        {
            await HoldElsewhereAsync(contributor, resumeToken, cancellation);
            return;
        }

        await RequireOptInAsync(contributor, cancellation);
        session.RecentFaces.HoldCrops(contributor);
        try
        {
            // Checked again, since they may have withdrawn in the meantime.
            await RequireOptInAsync(contributor, cancellation);
        }
        catch
        {
            session.RecentFaces.ForgetCrops(contributor);
            throw;
        }
    }

    /// <summary>Whether the crops of a contributor's pictures may be held.</summary>
    /// <exception cref="RefusedException">There is no archive.</exception>
    public Task<bool> MayHoldAsync(string contributor, CancellationToken cancellation)
    {
        RequireOn();
        return store.HasOptedInAsync(contributor, cancellation);
    }

    /// <summary>Opts a contributor out: from now on no face of theirs is held, and what was kept is deleted. Returns how many there were.</summary>
    public async Task<int> WithdrawAsync(string contributor, CancellationToken cancellation)
    {
        // Before the database call, in case it fails; and again after it, for a session that was being admitted just then.
        ForgetHeld(contributor);
        try
        {
            return await store.WithdrawAsync(contributor, cancellation);
        }
        finally
        {
            ForgetHeld(contributor);
        }
    }

    /// <summary>Forgets what must no longer be held. Without the database it does nothing: then nothing can be archived either, and held crops expire.</summary>
    public async ValueTask TryForgetAsync(CancellationToken cancellation)
    {
        try
        {
            if (IsOn)
            {
                await ForgetAsync(cancellation);
            }
        }
        catch (Exception problem) when (Database.IsOutage(problem) || problem is StorageException)
        {
        }
    }

    /// <summary>Forgets crops that can't be corrected any more, and those of people who have withdrawn through another server of the database.</summary>
    internal async Task ForgetAsync(CancellationToken cancellation)
    {
        foreach (var session in sessions.All)
        {
            session.RecentFaces.ForgetPastCrops();
        }

        var holding = stills.CropsFor().Concat(sessions.All.Select(session => session.RecentFaces.CropsFor).OfType<string>());
        foreach (var contributor in holding.Distinct())
        {
            if (!await store.HasOptedInAsync(contributor, cancellation))
            {
                ForgetHeld(contributor);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>A face may be kept only with its contributor's own correction.</remarks>
    public async Task<(bool Kept, bool Archived)?> TryAddAsync(Correction correction, FaceCrop? crop, int most, CancellationToken cancellation) =>
        IsOn && crop?.Contributor == correction.Contributor
            ? await store.AddAsync(correction, encryption.Encrypt(correction, crop.Pixels), most, cancellation)
            : null;

    private void ForgetHeld(string contributor)
    {
        stills.ForgetCrops(contributor);
        foreach (var session in sessions.All)
        {
            session.RecentFaces.ForgetCrops(contributor);
        }
    }

    /// <summary>The session is on another server, which looks itself whether its contributor has withdrawn.</summary>
    private async Task HoldElsewhereAsync(string contributor, string resumeToken, CancellationToken cancellation)
    {
        if (!await others.HoldCropsAsync(resumeToken, contributor: null))
        {
            throw new RefusedException(Refusals.UnknownSession);
        }

        await RequireOptInAsync(contributor, cancellation);
        await others.HoldCropsAsync(resumeToken, contributor);
    }

    private async Task RequireOptInAsync(string contributor, CancellationToken cancellation)
    {
        if (!await store.HasOptedInAsync(contributor, cancellation))
        {
            throw new RefusedException(Refusals.NotOptedIn);
        }
    }

    private void RequireOn()
    {
        if (!IsOn)
        {
            throw new RefusedException(options.Value.Enabled ? Refusals.ArchiveOff : Refusals.FeedbackOff);
        }
    }
}
