using System.Collections.Immutable;
using System.Text.Json;
using EmotionStream.SignalR.MessagePack.Format;
using EmotionStream.SignalR.MessagePack.Serialization;

namespace EmotionStream.SignalR.MessagePack.Tests.Serialization;

/// <summary>Contract types and collections, by value and by their form on the wire.</summary>
public sealed class SerializerTests
{
    private readonly SerializerRegistry _registry = new();

    public static TheoryData<object> Values =>
    [
        true, (byte)200, (sbyte)-5, (short)-300, (ushort)60000, -70000, 4_000_000_000u, long.MinValue, ulong.MaxValue, 1.5f, -2.25, "text", "",
        Guid.Parse("8c4a1f3e-0000-4000-8000-123456789abc"), new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), DateTimeOffset.UnixEpoch,
        new byte[] { 1, 2, 3 }, new[] { 1f, 2f }, new[] { "a", "b" }, new List<int> { 1, 2, 3 }, new Dictionary<string, int> { ["a"] = 1 },
        Reason.TooLarge, Reason.Busy, new Point(1, -0.5), new int[300], new int[][] { [1], [], [2, 3] },
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_ComesBackAsItsOwnType(object value) => Assert.Equal(value, Read(Write(value), value.GetType()));

    [Fact]
    public void Record_ComesBackWhole()
    {
        var reading = new Reading(9, 1.5, "face", [0.25f, 0.75f], Reason.Superseded, [new Point(1, 2)], "why", 4, new byte[] { 7 }, 8);

        var back = Read<Reading>(Write(reading))!;

        Assert.Equivalent(reading with { Points = null, HeatMap = default }, back with { Points = null, HeatMap = default });
        Assert.Equal(reading.Points, back.Points);
        Assert.Equal(reading.HeatMap.ToArray(), back.HeatMap.ToArray());
    }

    [Fact]
    public void Record_IsAMapOfTheNamesThatJsonUses()
    {
        var bytes = Write(new Reading(101, 2, "x", [], Reason.TooLarge, null, Age: 5, HeatMap: new byte[] { 255 }));

        Assert.Equal(
            """{"sequence":101,"capturedAt":2,"id":"x","emotions":[],"reason":"too_large","points":null,"age":5,"heat_map":"/w==","attempts":3,"isLate":true}""",
            Read<JsonElement>(bytes).GetRawText());
    }

    [Fact]
    public void Record_TakesMembersInAnyOrderSkipsUnknownOnesAndDefaultsMissingOnes()
    {
        var bytes = WriteJson("""{"unknown":{"deep":[1,[2]]},"id":"x","sequence":5.0,"isLate":true}""");

        var back = Read<Reading>(bytes)!;

        Assert.Equal((5L, "x", 0d, Reason.TooLarge, 3, null), (back.Sequence, back.Id, back.CapturedAt, back.Reason, back.Attempts, back.Age));
    }

    [Fact]
    public void Record_MayBeInternalAndHaveDefaultsOfEveryKind()
    {
        Assert.Equal(new Hidden(), Read<Hidden>(WriteJson("{}")));
        Assert.Equal(new Hidden(Reason.TooLarge, Reason.Superseded, null), Read<Hidden>(Write(new Hidden(Reason.TooLarge, Reason.Superseded, null))));
    }

    [Fact]
    public void Class_KeepsItsInitialValuesForMissingMembers()
    {
        var back = Read<Settings>(WriteJson("""{"owner":"me","weights":{"a":1,"b":0.5}}"""))!;

        Assert.Equal(("unnamed", 7, "me"), (back.Name, back.Size, back.Owner));
        Assert.Equal(0.5, back.Weights["b"]);
    }

    [Fact]
    public void Class_WithoutARequiredMember_IsRefused()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Read<Settings>(WriteJson("""{"name":"x"}""")));

        Assert.Contains("owner", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sequence":null}""")]
    [InlineData("""{"sequence":"5"}""")]
    [InlineData("""{"reason":"too_huge"}""")]
    [InlineData("""{"reason":1}""")]
    [InlineData("""{"emotions":{}}""")]
    [InlineData("""{"points":[{"x":1},null]}""")]
    [InlineData("[]")]
    [InlineData("5")]
    public void Record_WithAMemberOfTheWrongType_IsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => Read<Reading>(WriteJson(json)));

    [Fact]
    public void Null_IsAnAbsentReferenceOrNullable()
    {
        Assert.Null(Read<Reading>([0xc0]));
        Assert.Null(Read<string>([0xc0]));
        Assert.Null(Read<int?>([0xc0]));
        Assert.Null(Read<float[]>([0xc0]));
        Assert.Null(Read<object>([0xc0]));
        Assert.Throws<InvalidDataException>(() => Read<int>([0xc0]));
        Assert.Throws<InvalidDataException>(() => Read<Point>([0xc0]));
    }

    [Fact]
    public void Sequences_AreWrittenWhateverTheyAre()
    {
        Assert.Equal([1, 2], Read<int[]>(Write(ImmutableArray.Create(1, 2)))!);
        Assert.Equal([1, 2], Read<IReadOnlyList<int>>(Write(Enumerable.Range(1, 2).Where(i => i > 0)))!);
        Assert.Equal([1, 2], Read<IEnumerable<int>>(Write(new HashSet<int> { 1, 2 }))!);
        Assert.Equal([1f, 2f], Read<ReadOnlyMemory<float>>(Write(new ReadOnlyMemory<float>([1, 2]))).ToArray());
    }

    [Fact]
    public void Anonymous_Types_AreWritten() =>
        Assert.Equal("""{"a":1,"b":["x"]}""", Read<JsonElement>(Write(new { A = 1, B = new[] { "x" } })).GetRawText());

    [Theory]
    [InlineData("""{"a":[1,2.5,"x",true,null,{"b":18446744073709551615}],"c":-7}""")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    public void Json_ComesBackAsItWas(string json)
    {
        Assert.Equal(json, Read<JsonElement>(WriteJson(json)).GetRawText());
        Assert.Equal(json, Read<JsonElement>(Write(Read<object>(WriteJson(json))!)).GetRawText());
    }

    [Fact]
    public void Object_IsReadAsThePlainestTypeThatHoldsIt()
    {
        var values = Assert.IsType<object?[]>(Read<object>(WriteJson("""[1,-1,18446744073709551615,1.5,"x",true,null,{"a":1}]""")));

        Assert.Equal([1L, -1L, ulong.MaxValue, 1.5, "x", true, null], values[..^1]);
        Assert.Equal(1L, Assert.IsType<Dictionary<string, object?>>(values[^1])["a"]);
    }

    [Fact]
    public void Types_MayReferToThemselves()
    {
        var back = Read<Node>(Write(new Node("root", [new Node("leaf")])))!;

        Assert.Equal("leaf", Assert.Single(back.Children!).Name);
    }

    [Fact]
    public void Nesting_DeeperThanTheLimit_IsRefusedInBothDirections()
    {
        var deep = Enumerable.Repeat((byte)0x91, 100_000).Append((byte)0xc0).ToArray();
        var itself = new Ring();
        itself.Next = itself;

        Assert.Throws<InvalidDataException>(() => Read<object>(deep));
        Assert.Throws<InvalidDataException>(() => Read<JsonElement>(deep));
        Assert.Throws<InvalidOperationException>(() => Write(itself));
    }

    [Fact]
    public void Nesting_UpToTheLimit_IsRead()
    {
        var deep = Enumerable.Repeat((byte)0x91, MessagePackLimits.MaxDepth).Append((byte)0x05).ToArray();

        Assert.NotNull(Read<object>(deep));
    }

    [Fact]
    public void UnsuitableTypes_AreRefusedByName()
    {
        Assert.Throws<NotSupportedException>(() => Write(TimeSpan.Zero));
        Assert.Throws<NotSupportedException>(() => Read<HashSet<int>>([0x90]));
        Assert.Throws<NotSupportedException>(() => Write(new Dictionary<int, int>()));
        Assert.Throws<InvalidOperationException>(() => Write((Reason)77));
    }

    private byte[] Write(object value) => Bytes.Written((ref writer) => _registry.Get<object>().Write(ref writer, value));

    private byte[] WriteJson(string json) => Write(JsonDocument.Parse(json).RootElement);

    private T? Read<T>(byte[] bytes) => (T?)Read(bytes, typeof(T));

    private object? Read(byte[] bytes, Type type)
    {
        var reader = new MessagePackReader(Bytes.Scattered(bytes));
        var value = _registry.Get(type).ReadObject(ref reader);
        Assert.True(reader.End);
        return value;
    }
}
