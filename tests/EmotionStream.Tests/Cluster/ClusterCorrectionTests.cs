using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Tests.Archive;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Cluster;

/// <summary>Corrections that reach another server than the one that read the face, as behind a balancer every second one does.</summary>
public class ClusterCorrectionTests
{
    private const string Ann = "ann's own long secret";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFaceOfAPicture_IsCorrectedThroughAnotherServer_AndAForgedTokenFindsNothing()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var cluster = await TestCluster.StartAsync(2, place.Settings);
        using var reader = cluster[0].CreateHttpClient();
        using var corrector = cluster[1].CreateHttpClient();
        var token = await ArchiveVisitor.MeasureAsync(reader, "?correct=true");

        var kept = await ArchiveVisitor.CorrectAsync(corrector, new CorrectionRequest(token, "sad", Ann));
        using var forged = await corrector.PostAsJsonAsync("/api/v1/corrections", new CorrectionRequest(Secrets.NewToken() + token[^6..], "sad", Ann), Cancellation);

        Assert.Equal(("sad", "happy"), (kept.Label, kept.Answer));
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        Assert.Equal("unknown_face", (await forged.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task AFaceOfASession_IsCorrectedThroughAnotherServer()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var cluster = await TestCluster.StartAsync(2, place.Settings);
        await using var camera = await cluster[0].ConnectAsync();
        var started = await camera.StartAsync();
        await camera.SubmitAsync(1, TestPictures.Face("happy"), 100);
        var face = (await camera.NextAsync<Measured>()).Faces[0];
        await cluster[0].Service<SessionRegistry>().LeaveForOthersAsync();
        using var corrector = cluster[1].CreateHttpClient();

        var kept = await ArchiveVisitor.CorrectAsync(corrector, new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken));

        Assert.Equal(("sad", face.Dominant), (kept.Label, kept.Answer));
    }
}
