using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EmotionStream.Load;

/// <summary>Makes connections as the pages do: web sockets, MessagePack.</summary>
internal static class Connections
{
    public static HubConnection To(Uri server, string hub) => new HubConnectionBuilder()
        .WithUrl(new Uri(server, hub), options => (options.SkipNegotiation, options.Transports) = (true, HttpTransportType.WebSockets))
        .AddMessagePackProtocol(options => options.SerializerOptions = MessagePackSerializerOptions.Standard.WithResolver(ContractlessStandardResolver.Instance))
        .Build();
}
