using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>One or more messages of every type, with bytes made by hand from the protocol's specification.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, string> s_headers = new() { ["k"] = "v" };

    public static readonly IReadOnlyList<(string Name, HubMessage Message, string Hex)> All =
    [
        ("invocation", new InvocationMessage("7", "Add", [1L, "x"]), "96 01 80 A1 37 A3 41 64 64 92 01 A1 78 90"),
        ("invocation without id", new InvocationMessage("Add", [1L, "x"]), "96 01 80 C0 A3 41 64 64 92 01 A1 78 90"),
        ("invocation with headers", new InvocationMessage("7", "Add", [1L, null]) { Headers = s_headers },
            "96 01 81 A1 6B A1 76 A1 37 A3 41 64 64 92 01 C0 90"),
        ("invocation with streams", new InvocationMessage("7", "None", [], ["1", "2"]), "96 01 80 A1 37 A4 4E 6F 6E 65 90 92 A1 31 A1 32"),
        ("stream invocation", new StreamInvocationMessage("7", "Add", [1L, "x"]), "96 04 80 A1 37 A3 41 64 64 92 01 A1 78 90"),
        ("stream invocation with streams", new StreamInvocationMessage("7", "None", [], ["1"]), "96 04 80 A1 37 A4 4E 6F 6E 65 90 91 A1 31"),
        ("stream item", new StreamItemMessage("7", 42L), "94 02 80 A1 37 2A"),
        ("empty stream item", new StreamItemMessage("7", null), "94 02 80 A1 37 C0"),
        ("completion", CompletionMessage.Empty("7"), "94 03 80 A1 37 02"),
        ("completion with error", CompletionMessage.WithError("7", "bad"), "95 03 80 A1 37 01 A3 62 61 64"),
        ("completion with value", CompletionMessage.WithResult("7", 42L), "95 03 80 A1 37 03 2A"),
        ("completion with no object", CompletionMessage.WithResult("7", null), "95 03 80 A1 37 03 C0"),
        ("completion with headers", new CompletionMessage("7", null, 42L, true) { Headers = s_headers }, "95 03 81 A1 6B A1 76 A1 37 03 2A"),
        ("cancel", new CancelInvocationMessage("7"), "93 05 80 A1 37"),
        ("ping", PingMessage.Instance, "91 06"),
        ("close", CloseMessage.Empty, "93 07 C0 C2"),
        ("close with error", new CloseMessage("bad", true), "93 07 A3 62 61 64 C3"),
        ("ack", new AckMessage(300), "92 08 CD 01 2C"),
        ("sequence", new SequenceMessage(5), "92 09 05"),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public static (HubMessage Message, byte[] Framed) Get(string name)
    {
        var (_, message, hex) = All.Single(sample => sample.Name == name);
        return (message, Bytes.Framed(Bytes.Of(hex)));
    }
}
