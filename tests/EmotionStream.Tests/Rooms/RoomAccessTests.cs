using System.Net;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Rooms;

/// <summary>Who may enter: tokens, the operator's key, and users of this machine.</summary>
public class RoomAccessTests
{
    private const string Key = "a key of the operator's";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Check_WithTheRightToken_Admits_UntilItExpires()
    {
        var until = _time.GetUtcNow().AddMinutes(5);
        var token = Tokens(Key).Sign(new RoomPass("Raum ü", RoomRole.Viewer, until));

        Assert.Null(Access(Key).Check("Raum ü", RoomRole.Viewer, token, isLocal: false, out var admittedUntil));
        Assert.Equal(until.ToUnixTimeMilliseconds(), admittedUntil.ToUnixTimeMilliseconds());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("token_expired", Refused("Raum ü", RoomRole.Viewer, token));
    }

    [Fact]
    public void Check_WithAnotherRolesOrRoomsToken_Refuses()
    {
        var token = Tokens(Key).Sign(new RoomPass("blue", RoomRole.Source, _time.GetUtcNow().AddMinutes(5)));

        Assert.Equal("token_wrong_role", Refused("blue", RoomRole.Viewer, token));
        Assert.Equal("token_wrong_room", Refused("green", RoomRole.Source, token));
    }

    [Fact]
    public void Check_WithoutToken_Refuses_EvenLocalUsers()
    {
        Assert.Equal("token_required", Refused("blue", RoomRole.Source, null));
        Assert.Equal("token_required", Refused("blue", RoomRole.Source, ""));
        Assert.Equal("token_required", Access(Key).Check("blue", RoomRole.Source, null, isLocal: true, out _)?.Code);
    }

    [Fact]
    public void Check_WithAForgedToken_Refuses()
    {
        var pass = new RoomPass("blue", RoomRole.Source, _time.GetUtcNow().AddMinutes(5));
        var good = Tokens(Key).Sign(pass);

        for (var i = 0; i < good.Length; i++)
        {
            // 'A' and 'w' differ in the upper bits too, which count even in a last letter that is only partly used.
            var forged = string.Concat(good.AsSpan(0, i), good[i] == 'A' ? "w" : "A", good.AsSpan(i + 1));
            Assert.Equal((i, "token_invalid"), (i, Refused("blue", RoomRole.Source, forged)));
        }

        Assert.Equal("token_invalid", Refused("blue", RoomRole.Source, Tokens("another operator's key").Sign(pass)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not base64url!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Check_WithNonsense_Refuses(string token)
    {
        Assert.Equal("token_invalid", Refused("blue", RoomRole.Source, token));
        Assert.Equal("token_invalid", Refused("blue", RoomRole.Source, string.Concat(Enumerable.Repeat(token, 10_000))));
    }

    [Fact]
    public void Check_WithoutKey_AdmitsLocalUsersOnly()
    {
        Assert.Null(Access(null).Check("blue", RoomRole.Source, null, isLocal: true, out _));
        Assert.Equal("local_only", Access(null).Check("blue", RoomRole.Source, null, isLocal: false, out _)?.Code);
        Assert.Equal("local_only", Access(null).Check("blue", RoomRole.Source, Tokens(Key).Sign(new RoomPass("blue", RoomRole.Source, DateTimeOffset.MaxValue)), isLocal: false, out _)?.Code);
    }

    [Fact]
    public void IsOperator_TakesTheKeyOnly()
    {
        Assert.True(Access(Key).IsOperator(Key));
        Assert.All([null, "", Key + "x", Key[..^1], Key.ToUpperInvariant()], key => Assert.False(Access(Key).IsOperator(key)));
        Assert.False(Access(null).IsOperator(""));
    }

    [Theory]
    [InlineData("127.0.0.1", null, null, true)]
    [InlineData("::1", null, "http://localhost:5080", true)]
    [InlineData("127.0.0.1", null, "http://127.0.0.1:3000", true)]
    [InlineData("192.168.1.20", null, null, false)]
    [InlineData("::ffff:192.168.1.20", null, null, false)]
    [InlineData(null, null, null, false)]
    [InlineData("127.0.0.1", "X-Forwarded-For", null, false)]
    [InlineData("127.0.0.1", "Forwarded", null, false)]
    [InlineData("127.0.0.1", null, "https://elsewhere.example", false)]
    [InlineData("127.0.0.1", null, "null", false)]
    public void LocalUser_IsOnThisMachine_WithoutProxyOrForeignPage(string? address, string? header, string? origin, bool local)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Host = new HostString("localhost", 5080);
        http.Request.Headers.Origin = origin;
        if (header is not null)
        {
            http.Request.Headers[header] = "for=203.0.113.7";
        }

        Assert.Equal(local, LocalUser.Is(http));
    }

    [Theory]
    [InlineData("127.0.0.1:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("elsewhere.example", false)]
    [InlineData("localhost.elsewhere.example", false)]
    [InlineData("", false)]
    public void LocalUser_CallsTheMachineByItsOwnName(string host, bool local)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Host = new HostString(host);

        Assert.Equal(local, LocalUser.Is(http));
    }

    private string? Refused(string room, RoomRole role, string? token) => Access(Key).Check(room, role, token, isLocal: false, out _)?.Code;

    private RoomAccess Access(string? key) => new(Options.Create(new RoomsOptions { OperatorKey = key }), Tokens(key), _time);

    private static RoomTokens Tokens(string? key) => new(Options.Create(new RoomsOptions { OperatorKey = key }));
}
