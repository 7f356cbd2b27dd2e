using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Hubs.Wire;
using EmotionStream.Tests.Hubs.Wire;
using EmotionStream.Tests.Vision;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Messages to both hubs in one protocol, over real sockets; behind each one comes a call that has to be answered, unless the connection was closed.</summary>
internal sealed class HubTarget : FuzzTarget
{
    private const byte JsonEnd = 0x1E;
    private const int LargestSeed = 4000;

    // For a connection that waits behind a message of a kind that SignalR does not know.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly FuzzedServer _server;
    private readonly IHubProtocol _protocol;
    private readonly HubSocket?[] _sockets = new HubSocket?[2];
    private int _next;
    private int _probes;

    private HubTarget(FuzzedServer server, IHubProtocol protocol)
    {
        (_server, _protocol) = (server, protocol);
        Seeds =
        [
            .. WireSamples.All.Values.Append(new InvocationMessage("SubmitFrame", [1L, 2.0, TestJpeg.Gray(32, 32)]))
                .Select(message => Body(_protocol.GetMessageBytes(message).ToArray())).Where(body => body.Length <= LargestSeed),
        ];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { "Start", "SubmitFrame", "SetRestFace", "Stop", "Watch", "Join", "Leave", "Signal", "Correct", "room", "token", "resumeToken", "purpose", "research", "{", "}", "[", "]", "\"arguments\":[", "\"type\":1", "null", "1e999", "-1", "\\u0000" }
            .Select(Encoding.UTF8.GetBytes),
        [0xC0], [0xC4, 0xFF], [0xC6, 0xFF, 0xFF, 0xFF, 0xFF], [0xDB, 0x7F, 0xFF, 0xFF, 0xFF], [0xDD, 0x7F, 0xFF, 0xFF, 0xFF], [0xDF, 0x7F, 0xFF, 0xFF, 0xFF], [0xCB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0],
    ];

    private bool IsJson => _protocol.Name == "json";

    public static async Task<HubTarget> CreateAsync(string protocol)
    {
        var json = new JsonHubProtocolOptions();
        WireJson.Configure(json.PayloadSerializerOptions);
        return new HubTarget(
            await FuzzedServer.StartAsync(),
            protocol == "json"
                ? new JsonHubProtocol(Options.Create(json))
                : new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = WireMessagePack.Options })));
    }

    public override async Task<string?> TryAsync(byte[] input)
    {
        var hub = _next++ % _sockets.Length;
        var socket = _sockets[hub] ??= await HubSocket.ConnectAsync(_server.Address, hub == 0 ? "/hubs/camera" : "/hubs/room", _protocol.Name);
        if (!await socket.SendAsync(Framed(input)) || !IsOfKnownKind(input) || !await AnswersAsync(socket, hub))
        {
            socket.Dispose();
            _sockets[hub] = null;
        }

        return _server.TakeError();
    }

    public override async Task<int> CountLeaksAsync()
    {
        foreach (var socket in _sockets)
        {
            socket?.Dispose();
        }

        Array.Clear(_sockets);
        return await _server.CountLeaksAsync();
    }

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>False when the connection is of no use any more: closed, or waiting for more; the server itself has to answer in any case.</summary>
    private async Task<bool> AnswersAsync(HubSocket socket, int hub)
    {
        var id = $"probe{_probes++}!";
        var call = _protocol.GetMessageBytes(new InvocationMessage(id, hub == 0 ? "Stop" : "Leave", []));
        if (!await socket.SendAsync(call))
        {
            return false;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await socket.ReadUntilAsync(Encoding.UTF8.GetBytes(id), patience.Token);
        }
        catch (OperationCanceledException)
        {
            using var fresh = await HubSocket.ConnectAsync(_server.Address, "/hubs/camera", _protocol.Name);
            await fresh.SendAsync(_protocol.GetMessageBytes(new InvocationMessage(id, "Stop", [])));
            return await fresh.ReadUntilAsync(Encoding.UTF8.GetBytes(id), CancellationToken.None)
                ? false
                : throw new InvalidOperationException("The server closes new connections.");
        }
    }

    /// <summary>SignalR passes over messages of other kinds, and waits behind them for ever.</summary>
    private bool IsOfKnownKind(byte[] body)
    {
        try
        {
            if (IsJson)
            {
                using var message = JsonDocument.Parse(body);
                return message.RootElement.GetProperty("type").GetInt32() is >= 1 and <= 9;
            }

            var reader = new MessagePackReader(body);
            return reader.ReadArrayHeader() > 0 && reader.ReadInt32() is >= 1 and <= 9;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            // No message at all: the server closes the connection.
            return true;
        }
    }

    /// <summary>A message without what tells its end.</summary>
    private byte[] Body(byte[] message) => IsJson ? message[..^1] : message[(1 + message.TakeWhile(part => part >= 0x80).Count())..];

    /// <summary>With a right length, so that the message itself is read. HostileMessageTests has the wrong ones.</summary>
    private byte[] Framed(byte[] body) => IsJson
        ? [.. body, JsonEnd]
        : [(byte)(body.Length | 0x80), (byte)((body.Length >> 7) | 0x80), (byte)(body.Length >> 14), .. body];
}
