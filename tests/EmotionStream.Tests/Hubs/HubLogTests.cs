using System.Collections.Concurrent;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests.Hubs;

/// <summary>What the log says of calls that end with an error: a line for a refusal, everything for a fault.</summary>
public class HubLogTests
{
    private const string Key = "a key of the operator's";

    [Fact]
    public async Task ARefusal_IsOneLine_WithoutAStack()
    {
        using var logs = new HubLogs();
        await using var server = await TestServer.StartAsync(logs.ListenTo, $"--Rooms:OperatorKey={Key}");
        await using var camera = await server.ConnectAsync();
        await using var room = await server.ConnectToRoomsAsync();

        await RefusedAsync(() => camera.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: false)));
        await RefusedAsync(() => room.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", "Ann", Token: "forged")));

        Assert.Equal(
            [
                (LogLevel.Information, "Refused: consent_required: Frames are analyzed only after the person in front of the camera has agreed.", null),
                (LogLevel.Information, "Refused: token_invalid: The token was not made by this server's operator.", null),
            ],
            logs.Lines);
    }

    [Fact]
    public async Task ARefusal_AtTheEndOfAStream_IsOneLine_Too()
    {
        using var logs = new HubLogs();
        await using var server = await TestServer.StartAsync(logs.ListenTo, "--Rooms:MaxViewers=1");
        await using var first = await server.ConnectToRoomsAsync();
        await using var second = await server.ConnectToRoomsAsync();
        var updates = await first.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue"));
        await updates.ReadAsync(TestContext.Current.CancellationToken);

        var refused = await second.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue"));
        await RefusedAsync(async () => await refused.ReadAsync(TestContext.Current.CancellationToken));

        var (level, text, exception) = Assert.Single(logs.Lines);
        Assert.Equal((LogLevel.Information, null), (level, exception));
        Assert.StartsWith("Refused: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFault_StaysAnError_WithItsStack()
    {
        using var logs = new HubLogs();
        await using var server = await TestServer.StartAsync(
            builder =>
            {
                logs.ListenTo(builder);
                builder.Services.Configure<HubOptions>(hubs => hubs.AddFilter(new Broken()));
            });
        await using var room = await server.ConnectToRoomsAsync();

        await RefusedAsync(() => room.InvokeAsync<object?>("Leave"));

        var (level, _, exception) = Assert.Single(logs.Lines);
        Assert.Equal(LogLevel.Error, level);
        Assert.IsType<InvalidOperationException>(exception);
    }

    [Theory]
    [InlineData("/hubs/camera", "Start")]
    [InlineData("/hubs/room", "Join")]
    [InlineData("/hubs/room", "Correct")]
    public async Task NoArgumentAtAll_IsRefused_AndNoFault(string hub, string method)
    {
        using var logs = new HubLogs();
        await using var server = await TestServer.StartAsync(logs.ListenTo);
        await using var client = await HubTestClient.ConnectAsync(server.Address, "json", hub);

        var refused = await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object?>(method, [null]));

        Assert.Contains(" bad_request: ", refused.Message);
        Assert.Equal(LogLevel.Information, Assert.Single(logs.Lines).Level);
    }

    [Fact]
    public async Task AFrameWithoutAPicture_IsAnswered()
    {
        await using var server = await TestServer.StartAsync();
        await using var camera = await server.ConnectAsync("json");
        await camera.StartAsync();

        await camera.SubmitAsync(1, null!);

        Assert.Equal((1, RejectionReason.Undecodable), await camera.NextAsync<Rejected>() is var answer ? (answer.Sequence, answer.Reason) : default);
    }

    private static Task<Exception> RefusedAsync(Func<Task> call) => Assert.ThrowsAnyAsync<Exception>(call);

    private sealed class Broken : IHubFilter
    {
        public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
            throw new InvalidOperationException("Something is broken.");
    }

    /// <summary>Keeps what SignalR and our hubs log, in order.</summary>
    private sealed class HubLogs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Lines { get; } = [];

        public void ListenTo(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder.Logging.ClearProviders().AddProvider(this);

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal) || categoryName.StartsWith("EmotionStream.Hubs", StringComparison.Ordinal)
                ? this
                : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception), exception));

        public void Dispose()
        {
        }
    }
}
