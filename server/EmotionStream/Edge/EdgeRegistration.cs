using System.Net;
using EmotionStream.Faces;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>Registers what stands between the network and everything else.</summary>
internal static class EdgeRegistration
{
    // Of a body that nobody reads yet. Of Kestrel's own megabyte, sixty uploads at once filled a heap of 100 MB before PictureBudget saw a byte of them.
    private const int ReadAheadBytes = 128 * 1024;

    public static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddValidated<EdgeOptions, EdgeOptionsValidator>(EdgeOptions.Section);
        services.AddValidated<AccessOptions, AccessOptionsValidator>(AccessOptions.Section);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<EdgeOptions>>((kestrel, edge) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBufferSize = ReadAheadBytes;
            // Hubs' connections are counted apart from the others; they stay, the others come and go.
            kestrel.Limits.MaxConcurrentConnections = Descriptors.ForConnections() / 4;
            kestrel.Limits.MaxConcurrentUpgradedConnections = Descriptors.ForConnections() * 3L / 4;
            if (ServerCertificate.Load(edge.Value) is { } certificate)
            {
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            }
        });
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>>((forwarded, edge) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // The framework believes loopback unless told otherwise.
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in edge.Value.Proxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    forwarded.KnownProxies.Add(address);
                }
                else
                {
                    forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }
        });
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<EdgeOptions>>((cors, edge) => cors.AddDefaultPolicy(
            policy => policy.WithOrigins([.. edge.Value.Origins]).AllowAnyHeader().AllowAnyMethod()));
        return services.AddSingleton<AccessKeys>().AddHostedService<ExposureWarning>();
    }

    /// <summary>Serves what an operator puts beside our pages. Such pages may have scripts of their own, but stay on this site.</summary>
    public static void UseOperatorsFiles(this WebApplication app)
    {
        var files = new FileServerOptions();
        files.StaticFileOptions.OnPrepareResponse = file => file.Context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.OperatorsPolicy;
        app.UseFileServer(files);
    }

    /// <summary>First of all, so that errors have the headers, too.</summary>
    public static void UseEdge(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OriginCheck>();
        app.UseCors();
        app.UseMiddleware<CallerLimits>();
        app.UseMiddleware<Audit>();
        app.UseMiddleware<CallerKeys>();
    }
}
