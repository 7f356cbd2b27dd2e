using System.Diagnostics;
using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>Lets a stopping server answer what is at work and tell its senders, before the connections are closed.</summary>
internal sealed partial class SessionDrain(
    SessionRegistry sessions, IOtherServers others, IOptions<SessionsOptions> options, IHostApplicationLifetime lifetime, ILogger<SessionDrain> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    // A message that SignalR has taken is on the socket a moment later; the framework, which ends its connections next, would not wait for that.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(0.3);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // The framework closes its connections in such a callback too; callbacks run last registered first, so this one comes in time.
        lifetime.ApplicationStopping.Register(() => DrainAsync().GetAwaiter().GetResult());
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes no more frames and waits, within limits, until every accepted one has been answered.</summary>
    internal async Task DrainAsync()
    {
        foreach (var session in sessions.All)
        {
            session.StopTaking(RejectionReason.Busy, "The server is stopping.");
        }

        if (others.Exist)
        {
            // Told only once another server has what it needs to go on: a sender that is told comes back at once.
            await WaitForAnswersAsync();
            await HandOverAsync();
        }

        foreach (var session in sessions.All)
        {
            session.Tell(others.Exist
                ? new Stopping("This server is stopping; another one goes on with the resume token.", Elsewhere: true)
                : new Stopping("The server is stopping; come back with the resume token, or start again."));
        }

        await WaitForAnswersAsync();
        await WaitAsync(session => session.DetachedAt is not null, Farewell);
    }

    private async Task WaitForAnswersAsync()
    {
        if (await WaitAsync(session => session.IsIdle, options.Value.DrainWithin) is > 0 and var left)
        {
            LogGaveUp(left);
        }
    }

    /// <summary>Waits until something holds for all sessions; returns for how many it does not in the end.</summary>
    private async Task<int> WaitAsync(Func<Session, bool> holds, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        int left;
        while ((left = sessions.All.Count(session => !holds(session))) > 0 && Stopwatch.GetElapsedTime(began) < patience)
        {
            await Task.Delay(Pace);
        }

        return left;
    }

    private Task HandOverAsync()
    {
        foreach (var session in sessions.All.Where(session => session.IsIdle))
        {
            session.TakeSnapshot();
        }

        return sessions.LeaveForOthersAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server stops although {Sessions} sessions still have something at work")]
    private partial void LogGaveUp(int sessions);
}
