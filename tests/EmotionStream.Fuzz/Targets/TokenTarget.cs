using System.Buffers.Text;
using System.Text;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Resume tokens and rooms' tokens that are not quite the right ones, wherever tokens are taken: they open and end nothing.</summary>
internal sealed class TokenTarget : FuzzTarget
{
    private const string Room = "a";

    // Of one connection, so that it stays within the limit a second.
    private const int MostStarts = 500;

    private readonly FuzzedServer _server;
    private readonly string _roomToken;
    private HubTestClient _owner = null!;
    private HubTestClient? _thief;
    private string _resumeToken = "";
    private int _next;
    private int _starts;

    private TokenTarget(FuzzedServer server)
    {
        _server = server;
        _roomToken = server.Service<RoomTokens>().Sign(new RoomPass(Room, RoomRole.Viewer, DateTimeOffset.UtcNow.AddDays(1)));
    }

    public override IReadOnlyList<byte[]> Seeds => [Encoding.UTF8.GetBytes(_resumeToken), Encoding.UTF8.GetBytes(_roomToken)];

    public static async Task<TokenTarget> CreateAsync()
    {
        var target = new TokenTarget(await FuzzedServer.StartAsync("--Rooms:OperatorKey=an operator's own key", "--History:Enabled=true"));
        await target.BeginAsync();
        return target;
    }

    public override async Task<string?> TryAsync(byte[] input)
    {
        var token = Encoding.UTF8.GetString(input);
        // A header's value has no spaces around it.
        if (token.Trim() == _resumeToken || token.Trim() == _roomToken)
        {
            return null;
        }

        var opened = (_next++ % 4) switch
        {
            0 => await UnexpectedAsync(Request("POST /api/v1/goodbye", "", input), 204),
            // A session that nobody knows has no readings, which is 200. What a token's line breaks make of the header is HttpTarget's affair.
            1 when token.Any(char.IsControl) => null,
            1 => await UnexpectedAsync(Request("GET /api/v1/history/mine", $"Authorization: Bearer {token}\r\n", []), 200, 400, 401),
            2 => await IsResumedAsync(token) ? "took up another's session" : null,
            _ => _server.Service<RoomAccess>().Check(Room, RoomRole.Viewer, token, isLocal: false, out _) is null && !IsTheSame(token) ? "entered a room" : null,
        };
        return _server.TakeError() ?? opened ?? (_server.Service<SessionRegistry>().Find(_resumeToken) is null ? "ended another's session" : null);
    }

    public override async Task<int> CountLeaksAsync()
    {
        await DisconnectAsync();
        var leaks = await _server.CountLeaksAsync();
        await BeginAsync();
        return leaks;
    }

    public override async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        await _server.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        _owner = await HubTestClient.ConnectAsync(_server.Address, "messagepack");
        _resumeToken = (await _owner.StartAsync()).ResumeToken;
    }

    private async Task DisconnectAsync()
    {
        await _owner.DisposeAsync();
        if (_thief is not null)
        {
            await _thief.DisposeAsync();
            _thief = null;
        }
    }

    private async Task<string?> UnexpectedAsync(byte[] request, params int[] expected) =>
        await RawHttp.SendAsync(_server.Address, request) is not { } status || expected.Contains(status) ? null : $"was answered with {status}";

    private async Task<bool> IsResumedAsync(string token)
    {
        if (_starts++ % MostStarts == 0 && _thief is not null)
        {
            await _thief.DisposeAsync();
            _thief = null;
        }

        _thief ??= await HubTestClient.ConnectAsync(_server.Address, "messagepack");
        return (await _thief.StartAsync(token)).Resumed;
    }

    /// <summary>base64 has several spellings for the same bytes.</summary>
    private bool IsTheSame(string token) => Base64Url.DecodeFromChars(token).AsSpan().SequenceEqual(Base64Url.DecodeFromChars(_roomToken));

    private static byte[] Request(string address, string header, byte[] body) =>
        [.. Encoding.UTF8.GetBytes($"{address} HTTP/1.1\r\nHost: localhost\r\n{header}Content-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
