using System.Buffers;
using System.Collections;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Hubs.Wire;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Hubs.Wire;

/// <summary>The MessagePack that clients see is the one they have always seen, and says the same as the JSON.</summary>
public class WireMessagePackTests
{
    private static readonly MessagePackHubProtocol Protocol =
        new(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = WireMessagePack.With(new FrameBuffers()) }));

    public static TheoryData<string> Messages => [.. WireSamples.All.Keys];

    /// <summary>A refusal is told as an error's text.</summary>
    public static TheoryData<string> Contracts => [.. typeof(WireJson).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(WireJson).Namespace && type is { IsAbstract: false, IsEnum: false, IsPublic: true } && !type.IsAssignableTo(typeof(Exception)) && type != typeof(Refusal))
        .Select(type => type.Name)];

    public static TheoryData<string> Enumerations => [.. typeof(WireJson).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(WireJson).Namespace && type.IsEnum).Select(type => type.Name)];

    /// <summary>Golden/messagepack.txt was recorded with the protocol that this product shipped with before SignalR's own.</summary>
    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_IsWrittenByteForByteAsEver(string name)
    {
        var recorded = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "messagepack.txt"))
            .Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

        Assert.Equal(recorded, WireSamples.Describe(Protocol.GetMessageBytes(WireSamples.All[name]).Span));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_IsReadBackAsItWas(string name)
    {
        var message = WireSamples.All[name];
        var written = Protocol.GetMessageBytes(message);
        var input = new ReadOnlySequence<byte>(written);

        Assert.True(Protocol.TryParseMessage(ref input, new SampleBinder(message), out var read));

        Assert.True(input.IsEmpty);
        Assert.Equal(WireSamples.Describe(written.Span), WireSamples.Describe(Protocol.GetMessageBytes(read).Span));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Contract_SaysTheSameInBothProtocols(string name)
    {
        var type = typeof(WireJson).Assembly.GetType($"{typeof(WireJson).Namespace}.{name}")!;
        foreach (var contract in new[] { Sample(type, full: true), Sample(type, full: false) })
        {
            var expected = JsonSerializer.SerializeToElement(contract, type, WireMessagePack.Json);

            var bytes = MessagePackSerializer.Serialize(type, contract, WireMessagePack.Options, TestContext.Current.CancellationToken);
            var actual = JsonDocument.Parse(MessagePackSerializer.ConvertToJson(bytes, cancellationToken: TestContext.Current.CancellationToken)).RootElement;
            var readBack = MessagePackSerializer.Deserialize(type, bytes, WireMessagePack.Options, TestContext.Current.CancellationToken);

            Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected}\n{actual}");
            Assert.Equal(Names(expected), Names(actual));
            Assert.True(JsonElement.DeepEquals(expected, JsonSerializer.SerializeToElement(readBack, type, WireMessagePack.Json)));
        }
    }

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void Enumeration_IsTheSameWordInBothProtocols(string name)
    {
        var type = typeof(WireJson).Assembly.GetType($"{typeof(WireJson).Namespace}.{name}")!;
        foreach (var value in Enum.GetValues(type))
        {
            var bytes = MessagePackSerializer.Serialize(type, value, WireMessagePack.Options, TestContext.Current.CancellationToken);

            Assert.Equal(JsonSerializer.Serialize(value, type, WireMessagePack.Json), MessagePackSerializer.ConvertToJson(bytes, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(value, MessagePackSerializer.Deserialize(type, bytes, WireMessagePack.Options, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Contract_WithMembersMissingOrUnknown_KeepsItsDefaults()
    {
        var watch = Read<WatchRequest>("""{"unknown":[1,{"deep":[2]}],"room":"r"}""");
        var start = Read<StartRequest>("""{"consent":true,"purpose":null,"share":"badge","consent":false}""");

        Assert.Equal(new WatchRequest("r", RateHz: 5), watch);
        Assert.Equal(new StartRequest(Share: Share.Badge), start);
        Assert.Null(Read<StartRequest>("null"));
    }

    [Theory]
    [InlineData("""{"consent":null}""")]
    [InlineData("""{"consent":1}""")]
    [InlineData("""{"purpose":2}""")]
    [InlineData("""{"purpose":"Research"}""")]
    [InlineData("""{"share":null}""")]
    [InlineData("""{"room":7}""")]
    [InlineData("""{"restFace":["much"]}""")]
    [InlineData("""{"7":1,"consent":"yes"}""")]
    [InlineData("""["purpose"]""")]
    [InlineData("7")]
    public void Contract_ThatDoesNotFit_IsRefused(string json) =>
        Assert.Throws<MessagePackSerializationException>(() => Read<StartRequest>(json));

    [Theory]
    [InlineData("CB4008000000000000", 3)]
    [InlineData("CA40400000", 3)]
    [InlineData("CFFFFFFFFFFFFFFFFF", null)]
    [InlineData("CB7FF0000000000000", null)]
    [InlineData("CB4004000000000000", null)]
    [InlineData("CB43E0000000000000", null)]
    public void WholeNumber_FromAClientWithOneTypeOfNumber_IsReadWhereItFits(string hex, int? expected)
    {
        if (expected is { } number)
        {
            Assert.Equal(number, Read());
        }
        else
        {
            Assert.Throws<MessagePackSerializationException>(() => Read());
        }

        long Read() => MessagePackSerializer.Deserialize<long>(Convert.FromHexString(hex), WireMessagePack.Options, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Frame_AllocatesItsObjectsButNotItsBytes()
    {
        foreach (var length in new[] { 40_000, 200_000 })
        {
            var framed = Protocol.GetMessageBytes(new InvocationMessage("SubmitFrame", [7L, 1.0, new byte[length]]));
            var binder = new FrameBinder();
            Receive(framed, binder);
            var before = GC.GetAllocatedBytesForCurrentThread();

            for (var i = 0; i < 100; i++)
            {
                Receive(framed, binder);
            }

            // The message, its argument array, the boxed numbers and the frame's object.
            Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 400);
        }

        static void Receive(ReadOnlyMemory<byte> framed, IInvocationBinder binder)
        {
            var input = new ReadOnlySequence<byte>(framed);
            Assert.True(Protocol.TryParseMessage(ref input, binder, out var message));
            ((JpegFrame)((InvocationMessage)message).Arguments[2]!).Dispose();
        }
    }

    private static T? Read<T>(string json) =>
        MessagePackSerializer.Deserialize<T?>(MessagePackSerializer.ConvertFromJson(json), WireMessagePack.Options, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    /// <summary>A contract with something in every member or, if not full, null in every member that may be.</summary>
    private static object Sample(Type type, bool full)
    {
        if (type == typeof(object))
        {
            return new[] { 1, 2 };
        }

        var constructor = type.GetConstructors().Single();
        var nullability = new System.Reflection.NullabilityInfoContext();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            full || nullability.Create(parameter).WriteState == System.Reflection.NullabilityState.NotNull ? Value(parameter.ParameterType, full) : null)]);
    }

    private static object Value(Type type, bool full)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return "größer \"7\"";
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        if (type.IsPrimitive)
        {
            return type == typeof(bool) ? true : Convert.ChangeType(type == typeof(float) || type == typeof(double) ? -2.5 : 300, type, null);
        }

        if (type == typeof(IReadOnlyDictionary<string, double>))
        {
            return new Dictionary<string, double> { ["sad"] = 0.5, ["angry"] = 0.25 };
        }

        var item = type.IsArray ? type.GetElementType()! : type.IsGenericType ? type.GetGenericArguments()[0] : null;
        if (item is null)
        {
            return Sample(type, full);
        }

        var items = (IList)Array.CreateInstance(item, 2);
        (items[0], items[1]) = (Value(item, full), Value(item, full));
        return items;
    }

    /// <summary>Binds a message's arguments and results to the types that they had.</summary>
    private sealed class SampleBinder(HubMessage message) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            [.. ((HubMethodInvocationMessage)message).Arguments.Select(argument => argument?.GetType() ?? typeof(object))];

        public Type GetReturnType(string invocationId) => ((CompletionMessage)message).Result?.GetType() ?? typeof(object);

        public Type GetStreamItemType(string streamId) => ((StreamItemMessage)message).Item!.GetType();
    }

    private sealed class FrameBinder : IInvocationBinder
    {
        private static readonly Type[] Types = [typeof(long), typeof(double), typeof(JpegFrame)];

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => Types;

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => "SubmitFrame";
    }
}
