using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static EmotionStream.Tests.Archive.MadeArchive;

namespace EmotionStream.Tests.Archive;

/// <summary>Crops of uploaded pictures are held for as long as their tokens count, and for their own people.</summary>
public class HeldCropTests
{
    [Fact]
    public void AStillsCrop_GoesWithItsToken_AfterAQuarterOfAnHour()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var stills = new StillFaces(Options.Create(new FeedbackOptions()), new NoOtherServers(), time);
        var token = stills.Keep(new EmotionReading(4), "happy", new FaceCrop("ann", Crop()));
        time.Advance(TimeSpan.FromMinutes(14));

        Assert.NotNull(stills.Find(token)!.Crop);
        Assert.Equal(["ann"], stills.CropsFor());
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty(stills.CropsFor());
        Assert.Null(stills.Find(token));
    }

    [Fact]
    public void ForgettingOnePersonsCrops_LeavesTheirTokens_AndOthersCrops()
    {
        var stills = new StillFaces(Options.Create(new FeedbackOptions()), new NoOtherServers(), new FakeTimeProvider(DateTimeOffset.UnixEpoch));
        var (ann, bob) = (stills.Keep(new EmotionReading(4), "happy", new FaceCrop("ann", Crop())), stills.Keep(new EmotionReading(4), "sad", new FaceCrop("bob", Crop())));

        stills.ForgetCrops("ann");

        Assert.Null(stills.Find(ann)!.Crop);
        Assert.NotNull(stills.Find(bob)!.Crop);
    }
}
