using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Api;

/// <summary>Making tokens under the operator's key, and entering rooms with them.</summary>
public class RoomEndpointTests
{
    private const string Key = "a key of the operator's";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_OpenTheirRoomForTheirRole_AndNothingElse()
    {
        await using var server = await TestServer.StartAsync($"--Rooms:OperatorKey={Key}");
        var viewerToken = await TokenAsync(server, "blue", "viewer");
        var sourceToken = await TokenAsync(server, "blue", "source");
        await using var source = await server.ConnectAsync();
        await using var room = await server.ConnectToRoomsAsync();

        Assert.Contains("token_wrong_role: ", await StartRefusalAsync(source, viewerToken), StringComparison.Ordinal);
        Assert.Contains("token_required: ", await StartRefusalAsync(source, null), StringComparison.Ordinal);
        await source.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", Token: sourceToken));
        Assert.Contains("token_wrong_role: ", await WatchRefusalAsync(room, "blue", sourceToken), StringComparison.Ordinal);
        Assert.Contains("token_wrong_room: ", await WatchRefusalAsync(room, "green", viewerToken), StringComparison.Ordinal);
        Assert.Contains("token_invalid: ", await WatchRefusalAsync(room, "blue", viewerToken[..^4] + "AAAA"), StringComparison.Ordinal);
        var updates = await room.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", Token: viewerToken));
        Assert.Single(((RoomUpdate)await updates.ReadAsync(Cancellation).AsTask().WaitAsync(TestTimeouts.Default, Cancellation)).People);
        await Assert.ThrowsAsync<HubException>(() => room.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", Token: viewerToken)));
        Assert.Empty((await room.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", Token: sourceToken))).Others);
    }

    [Theory]
    [InlineData(null, """{"role": "viewer", "minutes": 5}""", 401, "operator_key_required")]
    [InlineData("Bearer a key of another", """{"role": "viewer", "minutes": 5}""", 401, "operator_key_required")]
    [InlineData("Bearer " + Key, """{"role": "king", "minutes": 5}""", 400, "bad_request")]
    [InlineData("Bearer " + Key, """{"role": "viewer", "minutes": 0}""", 400, "bad_request")]
    [InlineData("Bearer " + Key, """{"role": "viewer"}""", 400, "bad_request")]
    [InlineData("Bearer " + Key, "nonsense", 400, "bad_request")]
    [InlineData("Bearer " + Key, "", 400, "bad_request")]
    public async Task Tokens_AreRefused_WithAReason(string? authorization, string body, int status, string code)
    {
        await using var server = await TestServer.StartAsync($"--Rooms:OperatorKey={Key}");

        Assert.Equal((status, code), await PostAsync(server, "blue", authorization, body));
    }

    [Fact]
    public async Task Tokens_WithoutAnOperatorsKey_CantBeMade()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal((409, "no_operator_key"), await PostAsync(server, "blue", "Bearer ", """{"role": "viewer", "minutes": 5}"""));
    }

    [Fact]
    public async Task Tokens_ForARoomThatCantBe_AreRefused()
    {
        await using var server = await TestServer.StartAsync($"--Rooms:OperatorKey={Key}");

        Assert.Equal((400, "bad_room"), await PostAsync(server, new string('x', 65), "Bearer " + Key, """{"role": "viewer", "minutes": 5}"""));
    }

    [Fact]
    public async Task Notice_IsTheOperatorsText_OrNothing()
    {
        await using var silent = await TestServer.StartAsync();
        await using var talking = await TestServer.StartAsync("--Consent:Notice=Camera 2 is for the choir <only>.");
        using var http = new HttpClient();

        using var nothing = await http.GetAsync(new Uri(silent.Address, "/api/v1/notice"), Cancellation);
        using var text = await http.GetAsync(new Uri(talking.Address, "/api/v1/notice"), Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        Assert.Equal("Camera 2 is for the choir <only>.", await text.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("text/plain", text.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<string> TokenAsync(TestServer server, string room, string role)
    {
        using var reply = await SendAsync(server, room, "Bearer " + Key, $$"""{"role": "{{role}}", "minutes": 5}""");
        var token = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((room, role), (token.GetProperty("room").GetString(), token.GetProperty("role").GetString()));
        var expected = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds();
        Assert.InRange(token.GetProperty("expiresAt").GetDouble(), expected - 60_000, expected + 1);
        return token.GetProperty("token").GetString()!;
    }

    private static async Task<(int Status, string? Code)> PostAsync(TestServer server, string room, string? authorization, string body)
    {
        using var reply = await SendAsync(server, room, authorization, body);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;
        return ((int)reply.StatusCode, problem.GetProperty("code").GetString());
    }

    private static async Task<HttpResponseMessage> SendAsync(TestServer server, string room, string? authorization, string body)
    {
        using var http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/rooms/{room}/tokens");
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await http.SendAsync(request, Cancellation);
    }

    private static async Task<string> StartRefusalAsync(HubTestClient source, string? token) =>
        (await Assert.ThrowsAsync<HubException>(() =>
            source.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", Token: token)))).Message;

    private static async Task<string> WatchRefusalAsync(HubTestClient room, string name, string token)
    {
        var updates = await room.StreamAsync<RoomUpdate>("Watch", new WatchRequest(name, Token: token));
        return (await Assert.ThrowsAsync<HubException>(() => updates.Completion.WaitAsync(TestTimeouts.Default, Cancellation))).Message;
    }
}
