using EmotionStream.Contracts;

namespace EmotionStream.Limits;

/// <summary>The quotas that a request or a connection counts for: its address's and its key's, none for users of the server's own machine.</summary>
internal sealed class ClientQuota(params Quota[] quotas)
{
    // As many requests as a wrong key costs: of a burst of 3,000 it leaves 30 guesses, and then one every two seconds.
    private const int WrongKeyRequests = 100;

    public static ClientQuota Unlimited { get; } = new();

    public static ClientQuota Of(HttpContext? http) => http?.Features.Get<ClientQuota>() ?? Unlimited;

    public Refusal? TakeRequest() => Take(static quota => quota.Requests, 1, "requests");

    /// <summary>Makes guessing keys slow.</summary>
    public void ChargeWrongKey() => Array.ForEach(quotas, static quota => quota.Requests.Charge(WrongKeyRequests));

    /// <summary>Counts bytes that have come in already.</summary>
    public void ChargeBytes(int bytes)
    {
        foreach (var quota in quotas)
        {
            quota.Bytes.Charge(bytes);
        }
    }

    public Refusal? TakeBytes(long bytes) => Take(static quota => quota.Bytes, bytes, "bytes");

    public Refusal? TakePixels(long pixels) => Take(static quota => quota.Pixels, pixels, "pixels");

    public Refusal? TakeFrame(int bytes) => Take(static quota => quota.Frames, 1, "frames") ?? TakeBytes(bytes);

    /// <summary>Counts a camera until <see cref="EndSession"/>.</summary>
    public Refusal? BeginSession() => Begin(static quota => quota.BeginSession(), static quota => quota.EndSession());

    public void EndSession() => Array.ForEach(quotas, static quota => quota.EndSession());

    /// <summary>Counts a connection until <see cref="EndConnection"/>.</summary>
    public Refusal? BeginConnection() => Begin(static quota => quota.BeginConnection(), static quota => quota.EndConnection());

    public void EndConnection() => Array.ForEach(quotas, static quota => quota.EndConnection());

    private Refusal? Take(Func<Quota, Rate> rate, long amount, string what)
    {
        foreach (var quota in quotas)
        {
            if (quota.Take(rate(quota), amount, what) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private Refusal? Begin(Func<Quota, Refusal?> begin, Action<Quota> end)
    {
        for (var i = 0; i < quotas.Length; i++)
        {
            if (begin(quotas[i]) is { } refusal)
            {
                Array.ForEach(quotas[..i], end);
                return refusal;
            }
        }

        return null;
    }
}
