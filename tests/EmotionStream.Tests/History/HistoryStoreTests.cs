using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.History;

/// <summary>What is kept comes back as it was, the same over SQLite and PostgreSQL.</summary>
public class HistoryStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Readings_ComeBackAsTheyWere_ByRoomAndPersonAndTime(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var kit = new HistoryKit(place);
        var (ann, bob, far) = (kit.Source("blue", "a", "Ann Ö'\"😀"), kit.Source("blue", "b"), kit.Source("green", "f", "Far"));
        Keep(kit, ann, 0, HistoryKit.Reading("happy"));
        Keep(kit, bob, 500, HistoryKit.Reading("sad", face: "1"), HistoryKit.Reading("angry", face: "2"));
        Keep(kit, far, 700, HistoryKit.Reading("fear"));
        Keep(kit, ann, 1000, HistoryKit.Reading("neutral"));
        await kit.StepAsync();

        var blue = await kit.ReadAsync(new HistoryScope("blue"));

        Assert.Equal(
            [(0, "a", "Ann Ö'\"😀", "1", "happy"), (500, "b", null, "1", "sad"), (500, "b", null, "2", "angry"), (1000, "a", "Ann Ö'\"😀", "1", "neutral")],
            blue.Select(reading => (reading.At - At(0), reading.Person, reading.Name, reading.Face, reading.Dominant)));
        Assert.Equal(HistoryKit.Reading("happy").Emotions, blue[0].Emotions);
        Assert.InRange(blue[0].Certainty, 0.6499, 0.6501);
        Assert.True(blue[0].Valence > 0 && blue[1].Valence < 0);
        Assert.Equal(["neutral"], (await kit.ReadAsync(new HistoryScope("blue", "a"), from: At(1))).Select(reading => reading.Dominant));
        Assert.Equal(["happy"], (await kit.ReadAsync(new HistoryScope("blue", "a"), to: At(1000))).Select(reading => reading.Dominant));
        Assert.Empty(await kit.ReadAsync(new HistoryScope("red")));
        Assert.Equal(["a", "f", "b"], (await kit.Reader.ListPeopleAsync(new HistoryScope(), TestContext.Current.CancellationToken)).Select(person => person.Person));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ManyReadings_ComeInOrder_EachOnce_AcrossPages(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var kit = new HistoryKit(place);
        // Several people and faces at the same moments, so that pages end in the middle of one.
        var people = Enumerable.Range(0, 7).Select(number => kit.Source("blue", $"person{number}")).ToList();
        for (var moment = 0; moment < 300; moment++)
        {
            foreach (var person in people)
            {
                Keep(kit, person, moment, HistoryKit.Reading("happy", face: "1"), HistoryKit.Reading("sad", face: "2"), HistoryKit.Reading("sad", face: "10"));
            }
        }

        await kit.StepAsync();

        var all = await kit.ReadAsync(new HistoryScope("blue"));
        var one = await kit.ReadAsync(new HistoryScope(Person: "person3"));

        Assert.Equal(300 * 7 * 3, all.Count);
        Assert.Equal(all.Count, all.Select(reading => (reading.At, reading.Person, reading.Face)).Distinct().Count());
        Assert.True(all.Zip(all.Skip(1)).All(pair => pair.First.At <= pair.Second.At));
        Assert.Equal(300 * 3, one.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Means_AreOverStepsAndPeople(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var kit = new HistoryKit(place);
        var (ann, bob) = (kit.Source("blue", "a", "Ann"), kit.Source("blue", "b"));
        Keep(kit, ann, 0, HistoryKit.Reading("happy", 0.9f));
        Keep(kit, ann, 4000, HistoryKit.Reading("happy", 0.5f));
        Keep(kit, bob, 4500, HistoryKit.Reading("sad", 0.8f));
        Keep(kit, ann, 5000, HistoryKit.Reading("fear", 0.7f));
        await kit.StepAsync();

        var means = await kit.ReadAsync(new HistoryScope("blue"), stepMs: 5000);

        Assert.Equal(
            [(0, "a", "happy", 2, 0.7), (0, "b", "sad", 1, 0.8), (5000, "a", "fear", 1, 0.7)],
            means.Select(mean => (mean.At - At(0), mean.Person, mean.Dominant, mean.Readings, Math.Round(mean.Certainty, 4))));
        Assert.All(means, mean => Assert.Null(mean.Face));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task AReading_ThatIsWrittenAgain_IsThereOnce_WithTheRestOfItsBatch(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var kit = new HistoryKit(place);
        var ann = kit.Source("blue", "a");
        for (var last = 0; last < 2; last++)
        {
            for (var at = 0; at <= last; at++)
            {
                Keep(kit, ann, at, HistoryKit.Reading("happy"));
            }

            await kit.StepAsync();
        }

        Assert.Equal(2, (await kit.ReadAsync(new HistoryScope("blue"))).Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Erase_TakesWhatIsInScope_WrittenOrWaiting_AndNothingElse(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var kit = new HistoryKit(place);
        HistorySource[] sources =
            [kit.Source("blue", "a", owner: "one"), kit.Source("green", "a", owner: "one"), kit.Source("blue", "b", owner: "two"), kit.Source("green", "c", owner: "three")];
        foreach (var source in sources)
        {
            Keep(kit, source, 0, HistoryKit.Reading("happy"));
        }

        await kit.StepAsync();
        foreach (var source in sources)
        {
            Keep(kit, source, 1, HistoryKit.Reading("sad"));
        }

        Assert.Equal(2, await EraseAsync(new HistoryScope("blue", "a")));
        Assert.Equal(["green a", "blue b", "green c"], await LeftAsync());
        Assert.Equal(2, await EraseAsync(new HistoryScope(Owner: "one")));
        Assert.Equal(["blue b", "green c"], await LeftAsync());
        Assert.Equal(0, await EraseAsync(new HistoryScope(Owner: "one")));
        Assert.Equal(2, await EraseAsync(new HistoryScope("green")));
        Assert.Equal(["blue b"], await LeftAsync());
        Assert.Equal(2, await EraseAsync(new HistoryScope()));
        Assert.Empty(await LeftAsync());
        Assert.Empty(await kit.Reader.ListPeopleAsync(new HistoryScope(), TestContext.Current.CancellationToken));

        Task<long> EraseAsync(HistoryScope scope) => kit.Writer.EraseAsync(scope, TestContext.Current.CancellationToken);

        async Task<IEnumerable<string>> LeftAsync()
        {
            await kit.StepAsync();
            var left = new List<HistoryReading>();
            foreach (var room in new[] { "blue", "green" })
            {
                left.AddRange(await kit.ReadAsync(new HistoryScope(room)));
            }

            Assert.Equal(2 * left.Select(Key).Distinct().Count(), left.Count);
            return left.Select(Key).Distinct().OrderBy(key => key[^1]);

            static string Key(HistoryReading reading) => $"{reading.Room} {reading.Person}";
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatIsTooOld_IsClearedAway(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        time.Advance(Noon - DateTimeOffset.UnixEpoch);
        await using var kit = new HistoryKit(place, new HistoryOptions { Retention = TimeSpan.FromHours(1) }, time);
        var (ann, bob) = (kit.Source("blue", "a"), kit.Source("blue", "b"));
        Keep(kit, ann, 0, HistoryKit.Reading("happy"));
        Keep(kit, bob, 0, HistoryKit.Reading("happy"));
        Keep(kit, bob, 1_800_000, HistoryKit.Reading("sad"));
        await kit.StepAsync();

        time.Advance(TimeSpan.FromMinutes(59));
        await kit.StepAsync();
        Assert.Equal(3, (await kit.ReadAsync(new HistoryScope("blue"))).Count);
        time.Advance(TimeSpan.FromMinutes(2));
        await kit.StepAsync();

        Assert.Equal(["sad"], (await kit.ReadAsync(new HistoryScope("blue"))).Select(reading => reading.Dominant));
        Assert.Equal(["b"], (await kit.Reader.ListPeopleAsync(new HistoryScope(), TestContext.Current.CancellationToken)).Select(person => person.Person));
    }

    private static long At(int milliseconds) => Noon.ToUnixTimeMilliseconds() + milliseconds;

    private static void Keep(HistoryKit kit, HistorySource source, int milliseconds, params FaceReading[] faces) =>
        Array.ForEach(faces, face => kit.Queue.Offer(new HistoryEntry(source, At(milliseconds), face)));
}
