using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>Knows the methods that the samples call: Add(long, string), None() and Submit(Payload, long).</summary>
internal sealed class TestBinder : IInvocationBinder
{
    public static readonly string Add = new("Add");

    public Type? ResultType { get; init; } = typeof(object);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "Add" => [typeof(long), typeof(string)],
        "None" => [],
        "Submit" => [typeof(Payload), typeof(long)],
        _ => throw new HubException($"no method {methodName}"),
    };

    public Type GetReturnType(string invocationId) => ResultType ?? throw new KeyNotFoundException();

    public Type GetStreamItemType(string streamId) => ResultType ?? throw new KeyNotFoundException();

    public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => utf8Bytes.SequenceEqual("Add"u8) ? Add : null;
}
