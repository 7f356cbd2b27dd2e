using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Hubs.Wire;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using WebSocketOptions = Microsoft.AspNetCore.Builder.WebSocketOptions;

namespace EmotionStream.Hubs;

/// <summary>Registers and maps the hubs, over JSON and MessagePack.</summary>
internal static class HubsRegistration
{
    // Beside the picture, a call carries its name, two numbers and brackets.
    private const int Envelope = 1024;

    // What a connection may hold on its way in or out; SignalR then waits for the reader. The default, 64 KB, is one frame.
    private const int TransportBuffer = 64 * 1024;

    // SignalR only closes connections of clients that have pinged it before, and turns the sockets' own pings off. Only these find out a client
    // that was stopped or unplugged and never said anything; its session would be kept for ever.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(30);

    // Who hears nothing for four seconds takes the server for hung, be it a page or a balancer. Nothing is added where answers or updates flow.
    private static readonly TimeSpan SaySomethingEvery = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddSingleton<StartRules>().AddSingleton<SessionTerms>().AddSingleton<RoomAdmission>().AddSingleton<RefusalFilter>();
        services.AddSignalR(options =>
            {
                options.AddFilter<RefusalFilter>();
                options.KeepAliveInterval = SaySomethingEvery;
            })
            .AddJsonProtocol(json => WireJson.Configure(json.PayloadSerializerOptions))
            .AddMessagePackProtocol()
            // Marks the hubs as having options of their own; their values need other options, which the next lines can ask for.
            .AddHubOptions<CameraHub>(_ => { })
            .AddHubOptions<RoomHub>(_ => { });
        services.AddOptions<WebSocketOptions>().Configure(sockets => (sockets.KeepAliveInterval, sockets.KeepAliveTimeout) = (PingEvery, PongWithin));
        services.AddSingleton<FrameBuffers>();
        services.AddOptions<JsonHubProtocolOptions>().Configure<FrameBuffers>(
            (json, buffers) => json.PayloadSerializerOptions.Converters.Add(new JpegFrameJsonConverter(buffers)));
        services.AddOptions<MessagePackHubProtocolOptions>().Configure<FrameBuffers>(
            (messagePack, buffers) => messagePack.SerializerOptions = WireMessagePack.With(buffers));
        // SignalR registers the handlers of all hubs at once; what is registered for one goes first.
        services.AddSingleton<HubLoggers>().AddSingleton(CreateHandler<CameraHub>).AddSingleton(CreateHandler<RoomHub>);
        services.AddOptions<HubOptions<CameraHub>>().Configure<IOptions<SessionsOptions>>((hub, sessions) =>
        {
            // base64 takes four bytes for three.
            hub.MaximumReceiveMessageSize = (sessions.Value.MaxFrameBytes * 4L / 3) + Envelope;
        });
        services.AddOptions<HubOptions<RoomHub>>().Configure<IOptions<RoomsOptions>>((hub, rooms) =>
        {
            // In JSON a character takes six bytes at worst.
            hub.MaximumReceiveMessageSize = (rooms.Value.MaxSignalLength * 6L) + Envelope;
        });
        return services;
    }

    public static void MapHubs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<CameraHub>("/hubs/camera", options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.TransportMaxBufferSize = TransportBuffer;
            options.ApplicationMaxBufferSize = TransportBuffer;
            options.AllowStatefulReconnects = false;
        });
        endpoints.MapHub<RoomHub>("/hubs/room", options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.AllowStatefulReconnects = true;
        });
    }

    private static HubConnectionHandler<THub> CreateHandler<THub>(IServiceProvider services)
        where THub : Hub => ActivatorUtilities.CreateInstance<HubConnectionHandler<THub>>(services, services.GetRequiredService<HubLoggers>());
}
