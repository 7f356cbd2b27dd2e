using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmotionStream.SignalR.MessagePack;

/// <summary>Adds the MessagePack protocol to SignalR.</summary>
public static class MessagePackProtocolExtensions
{
    /// <summary>Lets clients choose the protocol "messagepack" beside those already there.</summary>
    public static TBuilder AddMessagePackProtocol<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        return builder;
    }
}
