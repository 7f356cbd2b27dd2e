using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.Tests.Hubs.Wire;

/// <summary>No call that never becomes a frame keeps the buffer that its bytes were read into.</summary>
public class FrameBufferTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly byte[] Frame = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];

    private static readonly Dictionary<string, object?[]> Arguments = new()
    {
        ["too few"] = [1L, 2.0],
        ["none"] = [],
        ["too many"] = [1L, 2.0, Frame, 4],
        ["too many, another frame"] = [1L, 2.0, Frame, Frame],
        ["text for the sequence"] = ["one", 2.0, Frame],
        ["half a number for the sequence"] = [1.5, 2.0, Frame],
        ["text for the time"] = [1L, "now", Frame],
        ["nothing for the time"] = [1L, null, Frame],
        ["the frame first"] = [Frame, 1L, 2.0],
        ["the frame in a list"] = [1L, 2.0, new object[] { Frame }],
        ["text for the frame"] = [1L, 2.0, "not base64!"],
        ["a number for the frame"] = [1L, 2.0, 3L],
        ["nothing for the frame"] = [1L, 2.0, null],
        ["an empty frame"] = [1L, 2.0, Array.Empty<byte>()],
    };

    public static TheoryData<string, string> Kinds => [.. Arguments.Keys.SelectMany(kind => new[] { (kind, "json"), (kind, "messagepack") })];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Frame_InACallThatDoesNotFit_IsReturned(string kind, string protocol)
    {
        await using var client = await shared.Server.ConnectAsync(protocol);
        await client.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await client.SendAsync(new InvocationMessage("SubmitFrame", Arguments[kind]));
        }

        // SignalR's JSON protocol reads the arguments first and counts them then.
        await AssertReturnedAsync(client, collect: protocol == "json");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Frame_ForAMethodThatTakesNone_IsReturnedAtOnce(string protocol)
    {
        await using var client = await shared.Server.ConnectAsync(protocol);
        await client.StartAsync();

        await client.SendAsync(new InvocationMessage("NoSuchMethod", [1L, 2.0, Frame]));
        await client.SendAsync(new InvocationMessage("Start", [Frame]));
        await client.SendAsync(new InvocationMessage("SetRestFace", [Frame]));

        await AssertReturnedAsync(client);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Frame_ThatIsCutOffOrTooLarge_IsReturnedAtOnce(string protocol)
    {
        await using var aborted = await shared.Server.ConnectAsync(protocol);
        await using var excessive = await shared.Server.ConnectAsync(protocol);
        await using var truncated = await shared.Server.ConnectAsync(protocol);
        var message = truncated.Encode(new InvocationMessage("SubmitFrame", [1L, 2.0, Frame]));

        await aborted.SendRawAsync(message.AsMemory(0, message.Length / 2), endOfMessage: false);
        aborted.Vanish();
        await excessive.SubmitAsync(1, new byte[1024 * 1024]);
        await truncated.SendRawAsync(Cut(message, protocol));
        await excessive.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        await using var good = await shared.Server.ConnectAsync(protocol);
        await good.StartAsync();
        await AssertReturnedAsync(good);
    }

    /// <summary>These bind, and SignalR drops them afterwards, so that only the collector knows.</summary>
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Frame_InACallThatSignalRDrops_IsReturnedByTheCollector(string protocol)
    {
        await using var client = await shared.Server.ConnectAsync(protocol);
        await using var broken = await shared.Server.ConnectAsync(protocol);
        await client.StartAsync();
        object?[] arguments = [1L, 2.0, Frame];

        await client.SendAsync(new StreamInvocationMessage("7", "SubmitFrame", arguments));
        await client.SendAsync(new InvocationMessage("8", "SubmitFrame", arguments, ["1", "2"]));
        await broken.SendRawAsync(BreakBehindArguments(broken.Encode(new InvocationMessage("SubmitFrame", arguments)), protocol));
        await broken.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        await AssertReturnedAsync(client, collect: true);
    }

    private async Task AssertReturnedAsync(HubTestClient client, bool collect = false)
    {
        // Calls of one connection are made in turn: when this frame is answered, those before it are done with.
        await client.SubmitAsync(1000, TestPictures.Empty());
        while (await client.NextAsync() is not Measured { Sequence: 1000 })
        {
        }

        await TestTimeouts.UntilAsync(
            () =>
            {
                if (collect)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }

                return shared.Server.Service<FrameBuffers>().Outstanding == 0;
            },
            "every buffer returned");
    }

    /// <summary>The message without its second half, under a length that says so where the protocol has one.</summary>
    private static byte[] Cut(byte[] message, string protocol) => protocol == "json"
        ? [.. message[..(message.Length / 2)], 0x1E]
        : Framed(message[3..(message.Length / 2)]);

    private static byte[] BreakBehindArguments(byte[] message, string protocol) => protocol == "json"
        ? [.. message[..^2], .. ",\"streamIds\":[5]}\u001e"u8]
        : Framed([.. message[3..^1], 0x91, 0x05]);

    private static byte[] Framed(byte[] body) =>
        [(byte)(body.Length | 0x80), (byte)((body.Length >> 7) | 0x80), (byte)(body.Length >> 14), .. body];
}
