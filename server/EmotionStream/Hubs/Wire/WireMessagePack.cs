using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace EmotionStream.Hubs.Wire;

/// <summary>How messages look in MessagePack: the names, words and omissions that <see cref="WireJson"/> gives the same types.</summary>
internal sealed class WireMessagePack : IFormatterResolver
{
    public static MessagePackSerializerOptions Options { get; } =
        MessagePackSerializerOptions.Standard.WithResolver(new WireMessagePack()).WithSecurity(MessagePackSecurity.UntrustedData);

    /// <summary>The same with frames, whose bytes go into a server's buffers.</summary>
    public static MessagePackSerializerOptions With(FrameBuffers buffers) =>
        Options.WithResolver(CompositeResolver.Create([new JpegFrameFormatter(buffers)], [Options.Resolver]));

    /// <summary>System.Text.Json's view of the contracts, from which this one is taken, so that the two can't differ.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    public IMessagePackFormatter<T>? GetFormatter<T>() => Formatter<T>.Instance;

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        WireJson.Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static object? Create(Type type) => type switch
    {
        _ when type == typeof(long) => new WholeNumberFormatter(),
        { IsEnum: true } => Activator.CreateInstance(typeof(WordFormatter<>).MakeGenericType(type)),
        _ when type.Namespace == typeof(WireJson).Namespace => Activator.CreateInstance(typeof(ContractFormatter<>).MakeGenericType(type)),
        _ => null,
    };

    private static class Formatter<T>
    {
        public static readonly IMessagePackFormatter<T>? Instance =
            (IMessagePackFormatter<T>?)Create(typeof(T)) ?? StandardResolver.Instance.GetFormatter<T>();
    }
}
