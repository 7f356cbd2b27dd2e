using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Corrections;

/// <summary>What people say of their own faces, over the hub and HTTP; and what the server does not believe or take.</summary>
public class CorrectionTests
{
    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    private const string Key = "a key of the operator's";
    private const string Ann = "ann's own long secret";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task AFaceOfOnesOwn_IsKept_Listed_AndErasedByWhoeverGaveIt(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var server = await TestServer.StartAsync(place.Settings);
        await using var camera = await server.ConnectAsync();
        await using var room = await server.ConnectToRoomsAsync();
        var (started, face) = await ShowAsync(camera);

        var kept = await room.InvokeAsync<CorrectionKept>("Correct", new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken, 66.7));
        using var http = server.CreateHttpClient();
        var overHttp = await CorrectAsync(http, new CorrectionRequest(face.Id, "angry", "bob's own long secret", started.ResumeToken));

        Assert.Equal(("sad", "happy"), (kept.Label, kept.Answer));
        Assert.Equal(HttpStatusCode.OK, overHttp.StatusCode);
        var all = await http.GetFromJsonAsync<JsonElement>("/api/v1/corrections", Cancellation);
        Assert.Equal(2, all.GetProperty("total").GetInt32());
        var angry = await http.GetFromJsonAsync<JsonElement>("/api/v1/corrections?label=angry&answer=happy", Cancellation);
        Assert.Equal("angry", Assert.Single(angry.GetProperty("corrections").EnumerateArray()).GetProperty("label").GetString());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Ann);
        var mine = await http.GetFromJsonAsync<JsonElement>("/api/v1/corrections/mine", Cancellation);
        Assert.Equal(kept.Id, Assert.Single(mine.GetProperty("corrections").EnumerateArray()).GetProperty("id").GetString());
        var erased = await http.DeleteAsync("/api/v1/corrections/mine", Cancellation);
        Assert.Equal(1, (await erased.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("erased").GetInt32());
        Assert.Equal(1, (await http.GetFromJsonAsync<JsonElement>("/api/v1/corrections", Cancellation)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task AFaceOfAnUploadedPicture_IsKept_ByItsToken()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        using var http = server.CreateHttpClient();
        var plain = await MeasureAsync(http, "");
        var face = await MeasureAsync(http, "?correct=true");

        var reply = await CorrectAsync(http, new CorrectionRequest(face.GetProperty("correctionToken").GetString(), "surprise", Ann));

        Assert.False(plain.TryGetProperty("correctionToken", out _));
        var kept = (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation))!;
        Assert.Equal(("surprise", "happy"), (kept.GetProperty("label").GetString(), kept.GetProperty("answer").GetString()));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task APicture_TellsWhetherItsFacesCanBeCorrected(string enabled, bool correctable)
    {
        await using var server = await TestServer.StartAsync($"--Feedback:Enabled={enabled}");
        using var http = server.CreateHttpClient();

        var answer = await AnswerAsync(http, "?correct=true");

        Assert.Equal(correctable, answer.GetProperty("correctable").GetBoolean());
        Assert.Equal(correctable, answer.GetProperty("images")[0].GetProperty("faces")[0].TryGetProperty("correctionToken", out _));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task ASession_TellsWhetherItsFacesCanBeCorrected(string enabled, bool correctable)
    {
        await using var server = await TestServer.StartAsync($"--Feedback:Enabled={enabled}");
        await using var client = await server.ConnectAsync();

        Assert.Equal(correctable, (await client.StartAsync()).Correctable);
    }

    [Theory]
    [InlineData("unknown_face", "99", "sad", Ann, true)]
    [InlineData("unknown_face", "not a number", "sad", Ann, true)]
    [InlineData("unknown_face", null, "sad", Ann, true)]
    [InlineData("unknown_face", "1", "sad", Ann, false)]
    [InlineData("bad_label", "1", "bored", Ann, true)]
    [InlineData("bad_label", "1", null, Ann, true)]
    [InlineData("bad_contributor", "1", "sad", "short", true)]
    public async Task WhatCantBeTrue_IsRefused_WithAWord(string code, string? face, string? label, string contributor, bool withToken)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        await using var camera = await server.ConnectAsync();
        await using var room = await server.ConnectToRoomsAsync();
        var (started, shown) = await ShowAsync(camera);
        var request = new CorrectionRequest(face == "1" ? shown.Id : face, label, contributor, withToken ? started.ResumeToken : null);
        using var http = server.CreateHttpClient();

        var reply = await CorrectAsync(http, request);
        var refused = await Assert.ThrowsAsync<HubException>(() => room.InvokeAsync<CorrectionKept>("Correct", request));

        Assert.Equal(code, (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString());
        Assert.Contains($" {code}: ", refused.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Folder));
    }

    [Fact]
    public async Task SomebodyElsesFace_CantBeCorrected()
    {
        await using var server = await TestServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var bob = await server.ConnectAsync();
        await using var room = await server.ConnectToRoomsAsync();
        var (_, face) = await ShowAsync(ann);
        var other = await bob.StartAsync();
        var request = new CorrectionRequest(face.Id, "sad", Ann, other.ResumeToken);
        using var http = server.CreateHttpClient();

        var reply = await CorrectAsync(http, request);
        var refused = await Assert.ThrowsAsync<HubException>(() => room.InvokeAsync<CorrectionKept>("Correct", request));

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains(" unknown_face: ", refused.Message);
    }

    [Fact]
    public async Task AFlood_OrACrowdOfOne_IsRefused()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(
            [.. place.Settings, "--Feedback:MaxPerMinute=5", "--Feedback:MaxContributorsPerAddress=2"]);
        await using var camera = await server.ConnectAsync();
        var (started, face) = await ShowAsync(camera);
        using var http = server.CreateHttpClient();

        List<string?> codes = [];
        for (var i = 0; i < 7; i++)
        {
            var secret = $"one of many secrets {Math.Min(i, 2)}";
            var reply = await CorrectAsync(http, new CorrectionRequest(face.Id, "sad", secret, started.ResumeToken));
            codes.Add(reply.IsSuccessStatusCode ? null : (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString());
        }

        Assert.Equal([null, null, "too_many_contributors", "too_many_contributors", "too_many_contributors", "rate_limited", "rate_limited"], codes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"face\": 7}")]
    public async Task WhatIsNoRequest_IsRefused(string body)
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();

        var reply = await http.PostAsync("/api/v1/corrections", new StringContent(body, null, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/corrections")]
    [InlineData("DELETE", "/api/v1/corrections?all=true")]
    [InlineData("GET", "/api/v1/learning")]
    [InlineData("POST", "/api/v1/learning/retrain")]
    [InlineData("POST", "/api/v1/learning/rollback")]
    [InlineData("POST", "/api/v1/learning/versions/1/promote")]
    [InlineData("POST", "/api/v1/models")]
    public async Task TheOperatorsPart_NeedsTheKey(string method, string path)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Rooms:OperatorKey={Key}"]);
        using var http = server.CreateHttpClient();

        var stranger = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var keyholder = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.NotEqual(HttpStatusCode.Unauthorized, keyholder.StatusCode);
    }

    private static async Task<(Started Started, FaceReading Face)> ShowAsync(HubTestClient camera)
    {
        var started = await camera.StartAsync();
        await camera.SubmitAsync(1, TestPictures.Face("happy"));
        return (started, Assert.Single((await camera.NextAsync<Measured>()).Faces));
    }

    private static async Task<JsonElement> MeasureAsync(HttpClient http, string query) =>
        (await AnswerAsync(http, query)).GetProperty("images")[0].GetProperty("faces")[0];

    private static async Task<JsonElement> AnswerAsync(HttpClient http, string query)
    {
        using var picture = new ByteArrayContent(TestPictures.Face("happy")) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        var reply = await http.PostAsync("/api/v1/images" + query, picture, Cancellation);
        return await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private static Task<HttpResponseMessage> CorrectAsync(HttpClient http, CorrectionRequest request) =>
        http.PostAsJsonAsync("/api/v1/corrections", request, Cancellation);
}
