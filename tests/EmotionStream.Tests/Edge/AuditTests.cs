using System.Net.Http.Headers;
using EmotionStream.Api;
using EmotionStream.Telemetry;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Edge;

/// <summary>Every action of an operator, and every wrong key, takes one line of the audit log and leaves no secret in any.</summary>
public class AuditTests
{
    private const string OperatorKey = "the operator's own key";
    private const string CallerKey = "a caller's key of ours";
    private const string WrongKey = "a key that is not ours";

    private readonly FakeLogCollector _logs = new(Options.Create(new FakeLogCollectorOptions()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All that an operator can do, and with whose status it is kept. Who adds an action adds it here.</summary>
    public static TheoryData<string, string, string, string> Actions => new()
    {
        { "POST", "api/v1/learning/retrain", "learning.retrain", "done (202)" },
        { "POST", "api/v1/learning/versions/7/promote", "model.promote", "refused (404)" },
        { "POST", "api/v1/learning/rollback", "model.rollback", "refused (409)" },
        { "POST", "api/v1/models?name=new.onnx", "model.upload", "refused (422)" },
        { "DELETE", "api/v1/corrections?all=true", "corrections.erase", "done (200)" },
        { "GET", "api/v1/archive", "archive.read", "done (200)" },
        { "DELETE", "api/v1/archive?all=true", "archive.delete", "done (200)" },
        { "DELETE", "api/v1/history?room=blue", "history.erase", "done (200)" },
        { "POST", "api/v1/rooms/blue/tokens", "room.token", "refused (400)" },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task AnAction_IsWrittenDownOnce(string method, string path, string action, string outcome)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await StartAsync(place.Settings);

        await AskAsync(server, method, path, OperatorKey);
        await AskAsync(server, method, path, WrongKey);
        await AskAsync(server, method, path, key: null);

        Assert.Collection(
            await EntriesAsync(server),
            entry => Assert.EndsWith($"Z operator from 203.0.113.7: {action} {method} /{path} {outcome}", entry, StringComparison.Ordinal),
            entry => Assert.EndsWith($" stranger from 203.0.113.7: {action} {method} /{path} refused (401)", entry, StringComparison.Ordinal),
            entry => Assert.EndsWith($" stranger from 203.0.113.7: {action} {method} /{path} refused (401)", entry, StringComparison.Ordinal));
        AssertNoSecrets();
    }

    [Theory]
    [InlineData("metrics", "metrics.read")]
    [InlineData("api/v1/learning", "learning.read")]
    [InlineData("api/v1/corrections", "corrections.read")]
    public async Task Reading_IsWrittenDownWhereItIsRefused(string path, string action)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await StartAsync(place.Settings);

        await AskAsync(server, "GET", path, OperatorKey);
        await AskAsync(server, "GET", path, WrongKey);

        Assert.EndsWith($" stranger from 203.0.113.7: {action} GET /{path} refused (401)", Assert.Single(await EntriesAsync(server)), StringComparison.Ordinal);
        AssertNoSecrets();
    }

    [Fact]
    public async Task CallersKeys_AreWrittenDown_WhereTheyAreGivenAndWhereTheyAreWrong()
    {
        await using var server = await StartAsync([]);

        await GiveAsync(server, CallerKey);
        await GiveAsync(server, WrongKey);
        await AskAsync(server, "POST", "Emotion", WrongKey);
        await AskAsync(server, "POST", "Emotion", CallerKey);

        Assert.Collection(
            await EntriesAsync(server),
            entry => Assert.Matches(" key [0-9a-f]{8} from 203.0.113.7: access.key /access done", entry),
            entry => Assert.Contains(" stranger from 203.0.113.7: access.key /access refused (401)", entry, StringComparison.Ordinal),
            entry => Assert.Contains(" stranger from 203.0.113.7: access.key /Emotion refused (401)", entry, StringComparison.Ordinal));
        AssertNoSecrets();
    }

    [Fact]
    public async Task WhatIsAsked_CanForgeNoLine_AndOnlyKnownParametersAreKept()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await StartAsync(place.Settings);

        await AskAsync(server, "DELETE", $"api/v1/history?room=a%0Ab&key={Uri.EscapeDataString(OperatorKey)}", OperatorKey);

        Assert.Contains("DELETE /api/v1/history?room=a%0Ab refused (400)", Assert.Single(await EntriesAsync(server)), StringComparison.Ordinal);
        AssertNoSecrets();
    }

    [Fact]
    public async Task EveryAuditedEndpoint_IsTested()
    {
        await using var server = await StartAsync([]);

        var audited = server.Service<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<Audited>()).OfType<Audited>().Where(action => !action.OnlyRefusals);

        Assert.Equal(Actions.Select(row => row.Data.Item3).Order(), audited.Select(action => action.Action).Order());
    }

    private Task<TestServer> StartAsync(string[] settings) => TestServer.StartAsync(
        builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(_logs));
        },
        [.. settings, "--History:Enabled=true", $"--Rooms:OperatorKey={OperatorKey}", $"--Access:Keys:0={CallerKey}", "--Edge:Proxies:0=127.0.0.1"]);

    private static async Task AskAsync(TestServer server, string method, string path, string? key)
    {
        using var http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, Cancellation);
    }

    private static async Task GiveAsync(TestServer server, string key)
    {
        using var http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "access") { Content = new FormUrlEncodedContent([new("key", key), new("to", "/healthz")]) };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await http.SendAsync(request, Cancellation);
    }

    /// <summary>An entry is written when the answer has been sent; a server that has stopped has written all.</summary>
    private async Task<List<string>> EntriesAsync(TestServer server)
    {
        await server.StopAsync();
        return [.. _logs.GetSnapshot().Where(line => line.Category == AuditLog.Category).Select(line => line.Message)];
    }

    private void AssertNoSecrets() => Assert.All(_logs.GetSnapshot(), line => Assert.All(
        [OperatorKey, CallerKey, WrongKey, Uri.EscapeDataString(OperatorKey)], secret => Assert.DoesNotContain(secret, line.Message + line.Exception, StringComparison.Ordinal)));
}
