namespace EmotionStream;

/// <summary>Takes a step at a steady pace until the server stops.</summary>
internal sealed class PeriodicService(TimeSpan pace, Func<CancellationToken, ValueTask> step, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await step(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}

/// <summary>Registers steady work.</summary>
internal static class PeriodicServiceRegistration
{
    public static IServiceCollection AddPeriodic<TOwner>(this IServiceCollection services, TimeSpan pace, Action<TOwner> step)
        where TOwner : class => services.AddPeriodic<TOwner>(_ => pace, (owner, _) =>
    {
        step(owner);
        return ValueTask.CompletedTask;
    });

    public static IServiceCollection AddPeriodic<TOwner>(
        this IServiceCollection services, Func<IServiceProvider, TimeSpan> pace, Func<TOwner, CancellationToken, ValueTask> step)
        where TOwner : class => services.AddSingleton<IHostedService>(provider =>
    {
        var owner = provider.GetRequiredService<TOwner>();
        return new PeriodicService(pace(provider), cancellation => step(owner, cancellation), provider.GetRequiredService<TimeProvider>());
    });
}
