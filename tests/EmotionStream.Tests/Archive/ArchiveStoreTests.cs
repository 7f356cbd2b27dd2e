using System.Text;
using EmotionStream.Archive;
using EmotionStream.Corrections;
using EmotionStream.Storage;
using EmotionStream.Tests.Kit;
using static EmotionStream.Tests.Archive.MadeArchive;

namespace EmotionStream.Tests.Archive;

/// <summary>Kept faces live no longer than their correction and their person's consent, the same over SQLite and PostgreSQL.</summary>
public class ArchiveStoreTests
{
    private const int Most = 100;

    private static readonly FaceEncryption Encryption = EncryptionWith(NewKey());

    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task AFace_IsKeptWithItsCorrection_OnlyOfWhoeverOptedIn(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        var (store, corrections) = Stores(database);
        await store.OptInAsync("ann", 1, Most, Cancellation);
        await store.OptInAsync("ann", 2, Most, Cancellation);
        var crop = Crop();

        var ann = await AddAsync(store, Correction("one", "ann"), crop);
        var bob = await AddAsync(store, Correction("two", "bob"), crop);
        var full = await store.AddAsync(Correction("three", "ann"), Encryption.Encrypt(Correction("three", "ann"), crop), most: 2, Cancellation);

        Assert.Equal(((true, true), (true, false), (false, false)), (ann, bob, full));
        Assert.Equal(2, await corrections.CountAsync(new CorrectionFilter(), Cancellation));
        var kept = Assert.Single(await store.ListAsync(new CorrectionFilter(), 10, Cancellation));
        Assert.Equal(("one", "ann", 3, 1), (kept.Correction, kept.Contributor, kept.Label, kept.Answer));
        Assert.Equal(crop, Encryption.Decrypt(kept).Crop);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Withdrawing_DeletesThatPersonsFaces_AndNobodyElses(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        var (store, corrections) = Stores(database);
        await FillAsync(store);

        Assert.Equal(2, await store.WithdrawAsync("ann", Cancellation));

        Assert.Equal(["bob 1"], await IdsAsync(store));
        Assert.Equal(3, await corrections.CountAsync(new CorrectionFilter(), Cancellation));
        Assert.Equal((true, false), await AddAsync(store, Correction("ann 3", "ann"), Crop()));
        Assert.False(await store.HasOptedInAsync("ann", Cancellation));
        Assert.Equal(0, await store.WithdrawAsync("ann", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ErasingCorrections_TakesTheirFacesAlong(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        var (store, corrections) = Stores(database);
        await FillAsync(store);

        await corrections.EraseAsync(new CorrectionFilter(Id: "ann 1"), Cancellation);
        Assert.Equal(["ann 2", "bob 1"], await IdsAsync(store));
        await corrections.EraseAsync(new CorrectionFilter(Contributor: "bob"), Cancellation);
        Assert.Equal(["ann 2"], await IdsAsync(store));
        await corrections.EraseAsync(new CorrectionFilter(), Cancellation);
        Assert.Empty(await IdsAsync(store));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DeletingFaces_LeavesTheirCorrections(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        var (store, corrections) = Stores(database);
        await FillAsync(store);

        Assert.Equal(0, await store.DeleteAsync(new CorrectionFilter("bob 1", "ann"), Cancellation));
        Assert.Equal(1, await store.DeleteAsync(new CorrectionFilter("ann 1", "ann"), Cancellation));
        Assert.Equal(["ann 2", "bob 1"], await IdsAsync(store));
        Assert.Equal(1, await store.DeleteAsync(new CorrectionFilter(Label: 4), Cancellation));
        Assert.Equal(["ann 2"], await IdsAsync(store));
        Assert.Equal(3, await corrections.CountAsync(new CorrectionFilter(), Cancellation));
        Assert.True(await store.HasOptedInAsync("ann", Cancellation));
    }

    [Fact]
    public async Task AFaceThatComesWhileItsPersonWithdraws_IsNotKept_ButTheCorrectionIs()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var database = place.Open();
        var (store, corrections) = Stores(database);
        await store.OptInAsync("ann", 1, Most, Cancellation);
        Task<(bool Kept, bool Archived)>? adding = null;

        await database.ChangeAsync(
            async (connection, transaction) =>
            {
                await connection.Sql("DELETE FROM archive_consents").In(transaction).RunAsync(Cancellation);
                adding = AddAsync(store, Correction("one"), Crop());
                // It sees the consent that is about to go, and waits to hear whether it goes.
                await UntilSomebodyWaitsAsync(database);
            },
            Cancellation);

        Assert.Equal((true, false), await adding!);
        Assert.Empty(await IdsAsync(store));
        Assert.Equal(1, await corrections.CountAsync(new CorrectionFilter(), Cancellation));
    }

    [Fact]
    public async Task NoFileOnTheDisk_HasAKeptFacesPixels_NorAnythingOfThemOnceDeleted()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var database = place.Open();
        var (store, corrections) = Stores(database);
        await store.OptInAsync("ann", 1, Most, Cancellation);
        var crop = Crop();
        var correction = Correction("an id that can be found");
        var face = Encryption.Encrypt(correction, crop);

        await store.AddAsync(correction, face, Most, Cancellation);

        // What is there is found: the search would find the pixels, too.
        Assert.True(place.IsOnDisk(face.Bytes.AsSpan(28, 64)));
        Assert.True(place.IsOnDisk(Encoding.UTF8.GetBytes(correction.Id)));
        for (var start = 0; start < crop.Length; start += 16)
        {
            Assert.False(place.IsOnDisk(crop.AsSpan(start, 16)));
        }

        await store.DeleteAsync(new CorrectionFilter(), Cancellation);
        Assert.False(place.IsOnDisk(face.Bytes.AsSpan(28, 64)));
        Assert.Equal(1, await corrections.CountAsync(new CorrectionFilter(), Cancellation));
    }

    private static (ArchiveStore Store, CorrectionStore Corrections) Stores(Database database)
    {
        var corrections = new CorrectionStore(database);
        return (new ArchiveStore(database, corrections), corrections);
    }

    private static Task<(bool Kept, bool Archived)> AddAsync(ArchiveStore store, Correction correction, byte[] crop) =>
        store.AddAsync(correction, Encryption.Encrypt(correction, crop), Most, Cancellation);

    /// <summary>Two faces of Ann's, who is sad, and one of Bob's, who is angry.</summary>
    private static async Task FillAsync(ArchiveStore store)
    {
        await store.OptInAsync("ann", 1, Most, Cancellation);
        await store.OptInAsync("bob", 1, Most, Cancellation);
        foreach (var correction in new[] { Correction("ann 1"), Correction("ann 2"), Correction("bob 1", "bob", label: 4) })
        {
            Assert.Equal((true, true), await AddAsync(store, correction, Crop()));
        }
    }

    private static async Task<IEnumerable<string>> IdsAsync(ArchiveStore store)
    {
        var faces = await store.ListAsync(new CorrectionFilter(), 10, Cancellation);
        Assert.Equal(faces.Count, await store.CountAsync(new CorrectionFilter(), Cancellation));
        return faces.Select(face => face.Correction).Order(StringComparer.Ordinal);
    }

    private static async Task UntilSomebodyWaitsAsync(Database database)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TestTimeouts.Default);
        await using var connection = await database.OpenAsync(patience.Token);
        while (await connection.Sql("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            .ReadNumberAsync(patience.Token) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }
}
