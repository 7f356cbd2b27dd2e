namespace EmotionStream.Cluster;

/// <summary>Starts and stops Orleans' part of this server, and does not wait for its end for ever.</summary>
/// <remarks>
/// A silo that stops writes so into Redis, and tries for two minutes, whatever its caller's patience: measured, 84 to 121 s without a Redis. It stops first of all, so
/// everything else would wait for it. The others find out anyway: it does not answer their probes any more.
/// </remarks>
internal sealed partial class BoundedSilo(IHostedService silo, ILogger<BoundedSilo> logger) : IHostedService
{
    // With a Redis it takes half a second.
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(5);

    /// <summary>Takes the place of the service that Orleans has registered.</summary>
    public static void Register(IServiceCollection services)
    {
        var registered = services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(Silo).Assembly);
        services.Remove(registered);
        services.AddSingleton<IHostedService>(provider => new BoundedSilo(
            (IHostedService)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!), provider.GetRequiredService<ILogger<BoundedSilo>>()));
    }

    public Task StartAsync(CancellationToken cancellationToken) => silo.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await silo.StopAsync(cancellationToken).WaitAsync(StopsWithin, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            LogGaveUp();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster could not be told that this server stops; the others will find out")]
    private partial void LogGaveUp();
}
