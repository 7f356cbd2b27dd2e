using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using EmotionStream.Contracts;
using EmotionStream.Hubs.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Kit;

/// <summary>A SignalR client for either hub over a real web socket, in either protocol, that can also send what no good client would.</summary>
internal sealed class HubTestClient : IAsyncDisposable, IInvocationBinder
{
    private readonly ClientWebSocket _socket = new();
    private readonly IHubProtocol _protocol;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, (Type Type, TaskCompletionSource<object?> Result)> _calls = [];
    private readonly ConcurrentDictionary<string, (Type Type, Channel<object> Items)> _streams = [];
    private readonly Channel<object> _answers = Channel.CreateUnbounded<object>();
    private Task _receiving = Task.CompletedTask;
    private volatile bool _ended;
    private int _lastCall;

    private HubTestClient(string protocol)
    {
        var json = new JsonHubProtocolOptions();
        WireJson.Configure(json.PayloadSerializerOptions);
        _protocol = protocol == "json"
            ? new JsonHubProtocol(Options.Create(json))
            : new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = WireMessagePack.Options }));
    }

    /// <summary>What the hub called, in the order in which it came: the one argument, or all of several; ends with the connection.</summary>
    public ChannelReader<object> Answers => _answers.Reader;

    /// <summary>Done when the connection has ended.</summary>
    public Task Ended => _receiving;

    /// <param name="reads">False for a client that never reads what it is sent.</param>
    /// <param name="headers">Of the request that opens the socket.</param>
    public static async Task<HubTestClient> ConnectAsync(
        Uri server, string protocol, string hub = "/hubs/camera", bool reads = true, params (string Name, string Value)[] headers)
    {
        var client = new HubTestClient(protocol);
        foreach (var (name, value) in headers)
        {
            client._socket.Options.SetRequestHeader(name, value);
        }

        var address = new UriBuilder(new Uri(server, hub)) { Scheme = "ws" }.Uri;
        await client._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        await client.SendRawAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"{client._protocol.Name}\",\"version\":{client._protocol.Version}}}\u001e"));
        client._receiving = reads ? client.ReceiveAsync() : Task.CompletedTask;
        return client;
    }

    public Task<Started> StartAsync(string? resumeToken = null, bool wantHeatmap = false) =>
        InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, ResumeToken: resumeToken, WantHeatmap: wantHeatmap));

    public Task<JoinedRoom> JoinAsync(string room, string? name = null, string? resumeToken = null) =>
        InvokeAsync<JoinedRoom>("Join", new JoinRequest(room, name, ResumeToken: resumeToken));

    public async Task<T> InvokeAsync<T>(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (T)(await InvokeRawAsync(id, Encode(new InvocationMessage(id, method, arguments)), typeof(T)))!;
    }

    /// <summary>Makes a call out of bytes that need not be one, and waits for the answer to its id.</summary>
    public async Task<object?> InvokeRawAsync(string id, ReadOnlyMemory<byte> call, Type? returns = null)
    {
        var result = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = (returns ?? typeof(object), result);
        if (_ended)
        {
            // Nobody reads any more, though a socket that the server closed still takes what is sent.
            result.TrySetException(Unanswered());
        }

        await SendRawAsync(call);
        return await result.Task.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
    }

    /// <summary>Begins a stream; it ends with the server's error, if it ends with one.</summary>
    public async Task<ChannelReader<object>> StreamAsync<T>(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var items = Channel.CreateUnbounded<object>();
        _streams[id] = (typeof(T), items);
        await SendAsync(new StreamInvocationMessage(id, method, arguments));
        return items.Reader;
    }

    public Task SubmitAsync(long sequence, byte[] jpeg, double? capturedAt = null) =>
        SendAsync(new InvocationMessage("SubmitFrame", [sequence, capturedAt ?? (sequence * 66.7), jpeg]));

    public Task SendAsync(HubMessage message) => SendRawAsync(_protocol.GetMessageBytes(message));

    public byte[] Encode(HubMessage message) => _protocol.GetMessageBytes(message).ToArray();

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, bool endOfMessage = true)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage, TestContext.Current.CancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next answer of whatever kind.</summary>
    public async Task<object> NextAsync() =>
        await _answers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TestTimeouts.Default);

    public async Task<T> NextAsync<T>()
    {
        var answer = await NextAsync();
        Assert.True(answer is T, $"{typeof(T).Name} was due, and this came: {answer}");
        return (T)answer;
    }

    public async Task<List<object>> NextAsync(int count)
    {
        List<object> answers = [];
        while (answers.Count < count)
        {
            answers.Add(await NextAsync());
        }

        return answers;
    }

    /// <summary>Cuts the connection as a lost network does, without a word.</summary>
    public void Vanish() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    public Type GetReturnType(string invocationId) => _calls.TryGetValue(invocationId, out var call) ? call.Type : typeof(object);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "Measured" => [typeof(Measured)],
        "Rejected" => [typeof(Rejected)],
        "Stopping" => [typeof(Stopping)],
        "Joined" => [typeof(Participant)],
        "Left" => [typeof(string)],
        "Signalled" => [typeof(string), typeof(string)],
        _ => throw new InvalidOperationException($"The server called {methodName}, which no client has."),
    };

    public Type GetStreamItemType(string streamId) => _streams[streamId].Type;

    private async Task ReceiveAsync()
    {
        var received = new ArrayBufferWriter<byte>();
        var greeted = false;
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(received.GetMemory(8192), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                received.Advance(result.Count);
                var rest = new ReadOnlySequence<byte>(received.WrittenMemory);
                greeted = greeted || HandshakeProtocol.TryParseResponseMessage(ref rest, out _);
                while (greeted && _protocol.TryParseMessage(ref rest, this, out var message))
                {
                    Take(message);
                }

                var left = rest.ToArray();
                received.ResetWrittenCount();
                received.Write(left);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, by either side: the end of the answers says so.
        }

        _ended = true;
        _answers.Writer.TryComplete();
        foreach (var (_, stream) in _streams)
        {
            stream.Items.Writer.TryComplete();
        }

        foreach (var (_, call) in _calls)
        {
            call.Result.TrySetException(Unanswered());
        }
    }

    private static IOException Unanswered() => new("The connection ended before the call was answered.");

    private void Take(HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                _answers.Writer.TryWrite(invocation.Arguments is [{ } only] ? only : invocation.Arguments);
                break;
            case StreamItemMessage item:
                _streams[item.InvocationId!].Items.Writer.TryWrite(item.Item!);
                break;
            case CompletionMessage completion when _streams.TryRemove(completion.InvocationId!, out var stream):
                stream.Items.Writer.TryComplete(completion.Error is { } problem ? new HubException(problem) : null);
                break;
            case CompletionMessage { Error: { } error } completion when _calls.TryRemove(completion.InvocationId!, out var failed):
                failed.Result.TrySetException(new HubException(error));
                break;
            case CompletionMessage completion when _calls.TryRemove(completion.InvocationId!, out var call):
                call.Result.TrySetResult(completion.Result);
                break;
        }
    }
}
