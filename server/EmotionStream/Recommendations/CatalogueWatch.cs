using Microsoft.Extensions.Options;

namespace EmotionStream.Recommendations;

/// <summary>Looks now and then whether the catalogue's file has changed. Asking works on every file system; notices of changes don't.</summary>
internal sealed class CatalogueWatch(CatalogueFile file, IOptions<RecommendationsOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                file.Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
