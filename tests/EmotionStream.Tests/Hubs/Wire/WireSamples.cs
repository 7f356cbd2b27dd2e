using System.Security.Cryptography;
using EmotionStream.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.Tests.Hubs.Wire;

/// <summary>Every kind of message that travels between the hubs and their clients, with every encoding of lengths and numbers.</summary>
internal static class WireSamples
{
    private static readonly FaceReading Face = new(
        "4", [0.25f, 0.5f, 0.125f, 0.0625f], [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1f], 0.97f, 12.5,
        [0.1f, 0.9f, 0, 0, 0, 0, 0, 0], [0.2f, 0.8f, 0, 0, 0, 0, 0, 0], "happy", 0.83f, 0.75f, -0.25f,
        [.. Enumerable.Range(0, 36).Select(cell => cell / 36f)]);

    private static readonly RoomMood Mood = new([0.5f, 0.5f, 0, 0, 0, 0, 0, 0], 0.25f, -0.5f, 1, 2, 300, 0.5f, 70_000);

    public static IReadOnlyDictionary<string, HubMessage> All { get; } = new Dictionary<string, HubMessage>
    {
        ["start"] = Call("1", "Start", new StartRequest(
            Purpose.Research, true, "room", "größer 😀", "token", true, "pass", Share.Badge, [1, 0, 0, 0, 0, 0, 0, 0])),
        ["start with nothing said"] = Call("2", "Start", new StartRequest()),
        ["started"] = Result(new Started(
            "session", new string('t', 43), true, new SessionLimits(524_288, 1920, 2, 30, 30.5), new ModelInfo("emotion.onnx", "face.onnx"),
            EmotionLabels.All, false)),
        ["frame"] = Call(null, "SubmitFrame", 7L, 1_760_000_000_123.5, new byte[300]),
        ["small frame"] = Call(null, "SubmitFrame", 70_000L, 0.0, new byte[3]),
        ["large frame"] = Call(null, "SubmitFrame", 5_000_000_000L, -1.5, new byte[70_000]),
        ["missing frame"] = Call(null, "SubmitFrame", 7L, 1.0, null),
        ["rest face"] = Call("3", "SetRestFace", new float[] { 0.5f, 0.5f, 0, 0, 0, 0, 0, 0 }),
        ["stop"] = Call("4", "Stop"),
        ["measured"] = Call(null, "Measured", new Measured(
            8_000_000_000, 1_760_000_000_123.5, 640, 480, [Face, Face with { Heatmap = null, Points = null }], new StageTimings(0.1, 0.25, 1.5, 2))),
        ["measured without faces"] = Call(null, "Measured", new Measured(1, 2, 3, 4, [], new StageTimings(0, 0, 0, 0))),
        ["rejected"] = Call(null, "Rejected", new Rejected(-1, RejectionReason.Superseded, new string('d', 31))),
        ["rejected as undecodable"] = Call(null, "Rejected", new Rejected(-33, RejectionReason.Undecodable, new string('d', 32))),
        ["rejected as too large"] = Call(null, "Rejected", new Rejected(-200, RejectionReason.TooLarge, new string('d', 256))),
        ["rejected as too frequent"] = Call(null, "Rejected", new Rejected(-70_000, RejectionReason.RateLimited, new string('d', 70_000))),
        ["rejected as busy"] = Call(null, "Rejected", new Rejected(long.MinValue, RejectionReason.Busy, "")),
        ["rejected as not started"] = Call(null, "Rejected", new Rejected(long.MaxValue, RejectionReason.NotStarted, "Call Start first.")),
        ["stopping"] = Call(null, "Stopping", new Stopping("The server is stopping.")),
        ["watch"] = new StreamInvocationMessage("5", "Watch", [new WatchRequest("room", 12.5, "pass")]),
        ["update"] = new StreamItemMessage("5", new RoomUpdate(
            "room", 1_760_000_000_123, [
                new RoomPerson("a", "Ann", Share.Full, "happy", [Face with { Heatmap = null }], 1_760_000_000_000, 123),
                new RoomPerson("b", null, Share.Badge, null, [], null, null)
            ], Mood)),
        ["update of many"] = new StreamItemMessage("5", new RoomUpdate(
            "room", 1, [.. Enumerable.Range(0, 20).Select(i => new RoomPerson($"{i}", "x", Share.Full, null, [], i, i))], Mood)),
        ["watch ended"] = CompletionMessage.Empty("5"),
        ["watch refused"] = CompletionMessage.WithError("5", "bad_rate: A viewer gets 1 to 30 updates a second."),
        ["watch cancelled"] = new CancelInvocationMessage("5"),
        ["join"] = Call("6", "Join", new JoinRequest("room", "Ann", "pass", "token")),
        ["joined room"] = Result(new JoinedRoom(
            "a", "token", false, [new Participant("b", "Ben"), new Participant("c", null)],
            [new IceServer("stun:stun.example.org:3478"), new IceServer("turn:turn.example.org", "user", "word")])),
        ["joined"] = Call(null, "Joined", new Participant("d", null)),
        ["left"] = Call(null, "Left", "d"),
        ["signal"] = Call("7", "Signal", "b", "{\"sdp\":\"v=0\"}"),
        ["signalled"] = Call(null, "Signalled", "a", "{\"sdp\":\"v=0\"}"),
        ["correct"] = Call("8", "Correct", new CorrectionRequest("4", "sad", "secret", "token", 1_760_000_000_123.5)),
        ["corrected"] = Result(new CorrectionKept("1", "sad", "happy", true)),
        ["nothing returned"] = CompletionMessage.WithResult("9", null),
        ["stream ids"] = new InvocationMessage("10", "Stop", [], ["1", "2"]),
        ["ping"] = PingMessage.Instance,
        ["close"] = CloseMessage.Empty,
        ["close with an error"] = new CloseMessage("Connection closed with an error.", allowReconnect: true),
        ["acknowledgement"] = new AckMessage(300),
        ["sequence"] = new SequenceMessage(70_000),
    };

    /// <summary>A message's bytes in hexadecimal digits; of a long one the beginning, the length and a hash.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes) => bytes.Length <= 2000
        ? Convert.ToHexString(bytes)
        : $"{Convert.ToHexString(bytes[..64])}... {bytes.Length} bytes, SHA-256 {Convert.ToHexString(SHA256.HashData(bytes))}";

    private static InvocationMessage Call(string? id, string target, params object?[] arguments) => new(id, target, arguments);

    private static CompletionMessage Result(object result) => CompletionMessage.WithResult("1", result);
}
