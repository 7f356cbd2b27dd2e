using System.Runtime.CompilerServices;
using System.Text.Json;
using EmotionStream.SignalR.MessagePack.Tests.Messages;
using EmotionStream.SignalR.MessagePack.Tests.Serialization;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.SignalR.MessagePack.Tests.Npm;

/// <summary>What the hub calls on its client.</summary>
public interface ITestClient
{
    Task Measured(Reading reading);

    Task<string> Ask(string question);

    Task<int> AskNumber();
}

/// <summary>What a test frame contained.</summary>
public sealed record Received(long Sequence, double CapturedAt, int Length, int Sum);

// SignalR offers clients the instance methods only.
#pragma warning disable CA1822

/// <summary>One method for each kind of traffic that the npm client can make.</summary>
public sealed class TestHub(HubProbe probe) : Hub<ITestClient>
{
    public int Add(int a, int b) => a + b;

    public void Nothing()
    {
    }

    public string? Null() => null;

    public Reading EchoReading(Reading reading) => reading;

    public object? EchoObject(object? value) => value;

    public JsonElement EchoJson(JsonElement value) => value;

    public byte[] EchoBytes(byte[] value) => value;

    public DateTimeOffset EchoDate(DateTimeOffset value) => value;

    public void FailOpenly() => throw new HubException("told to the caller");

    public void FailSecretly() => throw new InvalidOperationException("kept from the caller");

    public Received Submit(long sequence, double capturedAt, Payload frame)
    {
        using (frame)
        {
            return new Received(sequence, capturedAt, frame.Length, frame.Content.ToArray().Sum(part => part));
        }
    }

    public Task Measure(long sequence) =>
        Clients.Caller.Measured(new Reading(sequence, 1.5, "face", [0.25f, 0.75f], Reason.Superseded, [new Point(0.5, 1)]));

    public Task<string> AskBack(string question) => Clients.Caller.Ask(question);

    public async Task<string> AskBackForNumber()
    {
        try
        {
            return $"number {await Clients.Caller.AskNumber()}";
        }
        catch (HubException failure)
        {
            return $"failed: {failure.Message}";
        }
    }

    public async IAsyncEnumerable<Point> Count(int to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var i = 0; i < to; i++)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            yield return new Point(i, -i);
        }
    }

    public async IAsyncEnumerable<int> CountThenFail()
    {
        yield return 1;
        await Task.Yield();
        throw new HubException("in mid-stream");
    }

    public async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                yield return i;
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            }
        }
        finally
        {
            probe.EndlessEnded.TrySetResult();
        }
    }

    public Task UntilEndlessEnded() => probe.EndlessEnded.Task;

    public async Task<double> Sum(IAsyncEnumerable<double> values)
    {
        var sum = 0d;
        await foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    public async IAsyncEnumerable<double> Scale(IAsyncEnumerable<double> values, double factor)
    {
        await foreach (var value in values)
        {
            yield return value * factor;
        }
    }

    public void Leave() => Context.Abort();
}

/// <summary>Remembers what a scenario has to wait for.</summary>
public sealed class HubProbe
{
    public TaskCompletionSource EndlessEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
