using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Hubs.Wire;

/// <summary>Bytes that no honest client sends, to a real server over real sockets: they cost the sender its call or its connection, nobody else anything.</summary>
public class HostileMessageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("an item count that is not there", "96 01 80")]
    [InlineData("no array", "06")]
    [InlineData("an empty array", "90")]
    [InlineData("a type that is text", "91 A1 78")]
    [InlineData("a byte that starts no value", "92 01 C1")]
    [InlineData("headers that are no map", "95 01 C0 C0 A4 53 74 6F 70 90")]
    [InlineData("headers that are no text", "95 01 81 01 02 C0 A4 53 74 6F 70 90")]
    [InlineData("no target", "95 01 80 C0 C0 90")]
    [InlineData("a stream call without id", "95 04 80 C0 A4 53 74 6F 70 90")]
    [InlineData("stream ids that are no text", "96 01 80 C0 A4 53 74 6F 70 90 91 05")]
    [InlineData("a completion of kind 9", "95 03 80 A1 37 09 C0")]
    [InlineData("a completion kind that is text", "94 03 80 A1 37 A1 78")]
    [InlineData("an error that is a number", "95 03 80 A1 37 01 05")]
    [InlineData("a value kind without the value", "94 03 80 A1 37 03")]
    [InlineData("an acknowledgement that is text", "92 08 A1 78")]
    [InlineData("headers of two billion pairs", "95 01 DF 7F FF FF FF C0 A4 53 74 6F 70 90")]
    [InlineData("two billion stream ids", "96 01 80 C0 A4 53 74 6F 70 90 DD 7F FF FF FF")]
    [InlineData("a string that was never finished", "95 01 80 DB 7F FF FF FF 41")]
    public async Task Message_ThatBreaksTheProtocol_EndsItsConnectionOnly(string what, string hex)
    {
        await using var bystander = await shared.Server.ConnectAsync();
        await using var hostile = await shared.Server.ConnectAsync();
        await bystander.StartAsync();

        await hostile.SendRawAsync(Framed(hex));

        await hostile.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await AssertServedAsync(bystander, what);
    }

    [Theory]
    [InlineData("FF FF FF FF 08")]
    [InlineData("FF FF FF FF FF")]
    [InlineData("80 80 80 80 80 01")]
    [InlineData("FF FF FF FF 07 96 01")]
    [InlineData("03 92 63 C0")]
    public async Task Length_BeyondEveryLimit_EndsItsConnectionOnly(string hex)
    {
        await using var bystander = await shared.Server.ConnectAsync();
        await using var hostile = await shared.Server.ConnectAsync();
        await bystander.StartAsync();

        // The fourth claims two gigabytes and keeps sending. The last has a type that is none: SignalR waits behind it, for ever.
        // The limit on what it waits for ends both.
        await hostile.SendRawAsync(Bytes(hex));
        for (var sent = 0; sent < 16 && !hostile.Answers.Completion.IsCompleted; sent++)
        {
            await hostile.SendRawAsync(new byte[64 * 1024]);
        }

        await hostile.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await AssertServedAsync(bystander, hex);
    }

    [Theory]
    [InlineData("no arguments", "94 01 80 A1 37 A4 53 74 6F 70")]
    [InlineData("too many arguments", "95 01 80 A1 37 A4 53 74 6F 70 91 01")]
    [InlineData("arguments that are no list", "95 01 80 A1 37 A4 53 74 6F 70 05")]
    [InlineData("arguments of four billion items", "95 01 80 A1 37 A4 53 74 6F 70 DD FF FF FF FF")]
    [InlineData("an unknown method", "95 01 80 A1 37 A3 4E 6F 70 90")]
    [InlineData("a request that is a number", "95 01 80 A1 37 A5 53 74 61 72 74 91 05")]
    [InlineData("a request of two billion members", "95 01 80 A1 37 A5 53 74 61 72 74 91 DF 7F FF FF FF")]
    [InlineData("a member of four gigabytes", "95 01 80 A1 37 A5 53 74 61 72 74 91 81 A4 6E 61 6D 65 DB FF FF FF FF")]
    [InlineData("a list of two billion numbers", "95 01 80 A1 37 AB 53 65 74 52 65 73 74 46 61 63 65 91 DD 7F FF FF FF")]
    [InlineData("a frame of four gigabytes", "95 01 80 A1 37 AB 53 75 62 6D 69 74 46 72 61 6D 65 93 01 02 C6 FF FF FF FF 00")]
    [InlineData("a word that is none", "95 01 80 A1 37 A5 53 74 61 72 74 91 81 A7 70 75 72 70 6F 73 65 A3 77 61 72")]
    public async Task Call_ThatDoesNotFit_FailsAlone(string what, string hex)
    {
        await using var client = await shared.Server.ConnectAsync();
        await client.StartAsync();

        var problem = await Assert.ThrowsAsync<HubException>(() => client.InvokeRawAsync("7", Framed(hex)));

        Assert.Contains("Failed to invoke", problem.Message);
        await AssertServedAsync(client, what);
    }

    [Fact]
    public async Task Request_NestedWithoutEnd_FailsAlone()
    {
        await using var client = await shared.Server.ConnectAsync();
        await client.StartAsync();

        // {"unknown": [[[[...]]]]}, 100,000 deep: one level of recursion each would end the process.
        byte[] body = [.. Bytes("95 01 80 A1 37 A5 53 74 61 72 74 91 81 A7 75 6E 6B 6E 6F 77 6E"), .. Enumerable.Repeat((byte)0x91, 100_000), 0xC0];
        await Assert.ThrowsAsync<HubException>(() => client.InvokeRawAsync("7", Framed(body)));

        await AssertServedAsync(client, "nested");
    }

    [Fact]
    public async Task Mutations_OfEveryMessage_LeaveTheServerWellAndNoBufferBehind()
    {
        await using var bystander = await shared.Server.ConnectAsync();
        await bystander.StartAsync();
        var random = new Random(20260203);
        var seeds = WireSamples.All.Values.Select(bystander.Encode).Where(seed => seed.Length is > 2 and < 1000).ToArray();
        var hostile = new List<HubTestClient>();
        for (var round = 0; round < 100; round++)
        {
            var client = await (round % 2 == 0 ? shared.Server.ConnectAsync() : shared.Server.ConnectToRoomsAsync());
            hostile.Add(client);
            for (var i = 0; i < 50 && !client.Ended.IsCompleted; i++)
            {
                try
                {
                    await client.SendRawAsync(Mutate(seeds[random.Next(seeds.Length)], random));
                }
                catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or ObjectDisposedException)
                {
                    break;
                }
            }
        }

        await Task.WhenAny(hostile.Select(client => client.Ended)).WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        foreach (var client in hostile)
        {
            await client.DisposeAsync();
        }

        await AssertServedAsync(bystander, "mutations");
        await TestTimeouts.UntilAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return shared.Server.Service<FrameBuffers>().Outstanding == 0;
            },
            "every buffer returned");
    }

    private static async Task AssertServedAsync(HubTestClient client, string after)
    {
        await client.SubmitAsync(1000, TestPictures.Empty());

        Assert.True((await client.NextAsync<Measured>()).Sequence == 1000, after);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        var prefix = 1 + seed.TakeWhile(part => part >= 0x80).Count();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > prefix + 1; changes--)
        {
            var at = random.Next(prefix, bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveAt(at);
                    break;
            }
        }

        // Half of the time the length is made true again, so that the message itself is read.
        return random.Next(2) == 0 ? Framed([.. bytes[prefix..]]) : [.. bytes];
    }

    private static byte[] Framed(string hex) => Framed(Bytes(hex));

    private static byte[] Framed(byte[] body) =>
        [(byte)(body.Length | 0x80), (byte)((body.Length >> 7) | 0x80), (byte)(body.Length >> 14), .. body];

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
