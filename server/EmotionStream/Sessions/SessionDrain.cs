using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>Lets a stopping server answer what is at work and tell its senders, before the connections are closed.</summary>
internal sealed partial class SessionDrain(
    SessionRegistry sessions, IOtherServers others, IOptions<SessionsOptions> options, IHostApplicationLifetime lifetime, ILogger<SessionDrain> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

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
            await WaitAsync();
            await HandOverAsync();
        }

        foreach (var session in sessions.All)
        {
            session.Tell(others.Exist
                ? new Stopping("This server is stopping; another one goes on with the resume token.", Elsewhere: true)
                : new Stopping("The server is stopping; come back with the resume token, or start again."));
        }

        await WaitAsync();
    }

    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource(options.Value.DrainWithin);
        try
        {
            while (!sessions.All.All(session => session.IsIdle))
            {
                await Task.Delay(Pace, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogGaveUp(sessions.All.Count(session => !session.IsIdle));
        }
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
