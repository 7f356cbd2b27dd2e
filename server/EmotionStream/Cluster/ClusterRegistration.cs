using System.Net;
using EmotionStream.Faces;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace EmotionStream.Cluster;

/// <summary>Makes this server one of many, where a Redis is named; otherwise nothing of a cluster is loaded.</summary>
internal static class ClusterRegistration
{
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidated<ClusterOptions, ClusterOptionsValidator>(ClusterOptions.Section);
        var options = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        if (options.Redis is null)
        {
            builder.Services.AddSingleton<IOtherServers, NoOtherServers>().AddSingleton<IRoomLink, NoRoomLink>().AddSingleton<IAdmission, OpenAdmission>();
            return;
        }

        // Now rather than when the server starts: Orleans is built with them.
        if (new ClusterOptionsValidator().Validate(null, options) is { Failed: true } check)
        {
            throw new OptionsValidationException(ClusterOptions.Section, typeof(ClusterOptions), check.Failures);
        }

        builder.Services
            .AddSingleton<RedisHandover>().AddSingleton<IOtherServers>(services => services.GetRequiredService<RedisHandover>())
            .AddSingleton<ClusterRooms>().AddSingleton<IRoomLink>(services => services.GetRequiredService<ClusterRooms>())
            .AddSingleton<OwnStays>()
            .AddSingleton<ServerLoad>()
            .AddSingleton<ClusterAdmission>().AddSingleton<IAdmission>(services => services.GetRequiredService<ClusterAdmission>())
            .AddPeriodic<ServerLoad>(ServerLoad.Pace, load => load.Measure())
            .AddPeriodic<ClusterAdmission>(_ => TimeSpan.FromSeconds(1), async (admission, _) => await admission.LookElsewhereAsync())
            .AddPeriodic<RedisHandover>(_ => TimeSpan.FromSeconds(1), async (redis, _) => await redis.PingAsync())
            .AddPeriodic<SessionRegistry>(_ => TimeSpan.FromSeconds(1), async (sessions, _) => await sessions.LeaveForOthersAsync())
            .AddPeriodic<Calls>(_ => TimeSpan.FromSeconds(1), async (calls, _) => await calls.LeaveForOthersAsync());
        // Each attempt to reach a server that is gone would be a warning with its stack.
        builder.Logging.AddFilter("Polly", LogLevel.None).AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo => Configure(silo, options));
        BoundedSilo.Register(builder.Services);
    }

    /// <summary>While a server stops, others take its place: who comes now is sent on, which balancers do on this answer.</summary>
    public static void UseCluster(this WebApplication app)
    {
        var (others, lifetime) = (app.Services.GetRequiredService<IOtherServers>(), app.Lifetime);
        if (!others.Exist)
        {
            return;
        }

        app.Use((http, next) =>
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested || !http.Request.Path.StartsWithSegments("/hubs"))
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
    }

    private static void Configure(ISiloBuilder silo, ClusterOptions options)
    {
        silo.UseRedisClustering(redis => redis.ConfigurationOptions = RedisConfiguration.ForMembership(options));
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Name, options.Name));
        if (options.Advertise is { } address)
        {
            silo.ConfigureEndpoints(IPAddress.Parse(address), options.Port, gatewayPort: 0);
        }
        else
        {
            silo.ConfigureEndpoints(options.Port, gatewayPort: 0);
        }

        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // Four probes: with two, a busy machine lost servers that were well.
            membership.NumMissedProbesLimit = 4;
            membership.ProbeTimeout = options.DeadAfter / membership.NumMissedProbesLimit;
            membership.NumVotesForDeathDeclaration = 1;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        });
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(2));
        silo.Configure<ConnectionOptions>(connections => connections.OpenConnectionTimeout = TimeSpan.FromMilliseconds(500));
        silo.Services.AddPlacementDirector<ServerPlacement, ServerPlacementDirector>();
    }
}
