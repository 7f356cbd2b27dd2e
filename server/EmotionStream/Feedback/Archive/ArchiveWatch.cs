using EmotionStream.Storage;

namespace EmotionStream.Feedback.Archive;

/// <summary>Looks every other second for crops that are no longer to be held: too old, or of people who have withdrawn elsewhere.</summary>
internal sealed class ArchiveWatch(ArchiveDesk desk, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!desk.IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await desk.ForgetAsync(cancellation);
        }
        catch (Exception problem) when (Database.IsOutage(problem) || problem is StorageException)
        {
            // While it can't be asked nothing can be kept either, and what is held ages all the same.
        }
    }
}
