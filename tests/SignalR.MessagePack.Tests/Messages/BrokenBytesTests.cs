using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Tests.Messages;

/// <summary>Bytes that no honest client sends end in <see cref="InvalidDataException"/>, never in anything else.</summary>
public sealed class BrokenBytesTests
{
    private readonly MessagePackHubProtocol _protocol = new();

    public static TheoryData<string> Names => Samples.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_NotYetAllThere_IsWaitedFor(string name)
    {
        var framed = Samples.Get(name).Framed;
        for (var length = 0; length < framed.Length; length++)
        {
            var input = Bytes.Scattered(framed[..length]);

            Assert.False(_protocol.TryParseMessage(ref input, new TestBinder(), out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_CutShortBehindATrueLength_IsRefused(string name)
    {
        var message = Samples.Get(name).Framed[1..];
        for (var length = 0; length < message.Length; length++)
        {
            var cut = message[..length];

            Assert.Throws<InvalidDataException>(() => Parse(Bytes.Scattered(Bytes.Framed(cut))));
        }
    }

    [Theory]
    [InlineData("an item count that is not there", "96 01 80")]
    [InlineData("no array", "06")]
    [InlineData("an empty array", "90")]
    [InlineData("a type that is text", "91 A1 78")]
    [InlineData("headers that are no map", "95 01 C0 C0 A3 41 64 64 90")]
    [InlineData("headers that are no text", "95 01 81 01 02 C0 A3 41 64 64 90")]
    [InlineData("no target", "95 01 80 C0 C0 90")]
    [InlineData("a stream call without id", "95 04 80 C0 A3 41 64 64 90")]
    [InlineData("an item with an empty id", "94 02 80 A0 2A")]
    [InlineData("stream ids that are no text", "96 01 80 C0 A3 41 64 64 90 91 05")]
    [InlineData("too few items", "94 01 80 C0 A3 41 64 64")]
    [InlineData("a completion of kind 9", "95 03 80 A1 37 09 C0")]
    [InlineData("a void completion kind that is text", "94 03 80 A1 37 A1 78")]
    [InlineData("an error that is a number", "95 03 80 A1 37 01 05")]
    [InlineData("a value kind without the value", "94 03 80 A1 37 03")]
    [InlineData("an ack that is text", "92 08 A1 78")]
    [InlineData("arguments of four billion items", "95 01 80 C0 A3 41 64 64 DD FF FF FF FF")]
    [InlineData("a binary argument of four gigabytes", "95 01 80 C0 A3 41 64 64 92 01 C6 FF FF FF FF 00")]
    [InlineData("headers of two billion pairs", "95 01 DF 7F FF FF FF C0 A3 41 64 64 90")]
    [InlineData("two billion stream ids", "96 01 80 C0 A3 41 64 64 90 DD 7F FF FF FF")]
    [InlineData("a string that was never finished", "95 01 80 DB 7F FF FF FF 41")]
    public void Message_ThatBreaksTheProtocol_IsRefused(string what, string hex)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Parse(Bytes.Scattered(Bytes.Framed(Bytes.Of(hex)))));

        Assert.True(refusal.Message.Length > 0, what);
    }

    [Theory]
    [InlineData("FF FF FF FF 08")]
    [InlineData("FF FF FF FF FF")]
    [InlineData("80 80 80 80 80 01")]
    public void Length_BeyondTwoGigabytesOrFiveBytes_IsRefused(string hex) =>
        Assert.Throws<InvalidDataException>(() => Parse(Bytes.Scattered(Bytes.Of(hex))));

    [Fact]
    public void Length_OfAlmostTwoGigabytes_AllocatesNothingWhileItIsWaitedFor()
    {
        var input = Bytes.Sequence(Bytes.Of("FF FF FF FF 07 96 01"));
        var binder = new TestBinder();
        _protocol.TryParseMessage(ref input, binder, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var isWhole = _protocol.TryParseMessage(ref input, binder, out _);

        Assert.False(isWhole);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Arguments_ThatPromiseManyItems_AllocateByWhatArrived()
    {
        // 60,000 promised in 60,000 bytes, the first of which is no number: without care that would be an array of 480 kB.
        byte[] list = [0xdd, 0x00, 0x00, 0xea, 0x60, .. Enumerable.Repeat((byte)0xc0, 60_000)];
        var message = _protocol.GetMessageBytes(new StreamItemMessage("7", new RawResult(new ReadOnlySequence<byte>(list))));
        var binder = new TestBinder { ResultType = typeof(long[]) };
        var input = new ReadOnlySequence<byte>(message);
        _protocol.TryParseMessage(ref input, binder, out _);
        input = new ReadOnlySequence<byte>(message);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _protocol.TryParseMessage(ref input, binder, out var parsed);

        Assert.IsType<StreamBindingFailureMessage>(parsed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void Mutations_OfEveryMessage_EndInAMessageInWaitingOrInInvalidData()
    {
        var random = new Random(20260203);
        var seeds = Samples.All.Select(sample => Bytes.Framed(Bytes.Of(sample.Hex))).ToArray();
        Type?[] types = [typeof(object), typeof(int), typeof(Serialization.Reading), typeof(System.Text.Json.JsonElement), typeof(Payload), null];
        var outcomes = new Dictionary<string, int>();
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = Mutate(seeds[random.Next(seeds.Length)], random);
            var outcome = Outcome(bytes, new TestBinder { ResultType = types[random.Next(types.Length)] });
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        Assert.True(outcomes["message"] > 1000 && outcomes["waiting"] > 1000 && outcomes["invalid"] > 1000);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            var at = random.Next(bytes.Count);
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
        if (random.Next(2) == 0)
        {
            bytes[0] = (byte)(bytes.Count - 1);
        }

        return [.. bytes];
    }

    private string Outcome(byte[] bytes, TestBinder binder)
    {
        var input = Bytes.Sequence(bytes);
        try
        {
            return _protocol.TryParseMessage(ref input, binder, out _) ? "message" : "waiting";
        }
        catch (InvalidDataException)
        {
            return "invalid";
        }
    }

    private void Parse(ReadOnlySequence<byte> input) => _protocol.TryParseMessage(ref input, new TestBinder(), out _);
}
