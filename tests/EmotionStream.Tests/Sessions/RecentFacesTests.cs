using EmotionStream.Faces;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Sessions;

/// <summary>Which faces a session holds pictures of, and for how long.</summary>
public sealed class RecentFacesTests : IDisposable
{
    private readonly EmotionModel _model = new(Options.Create(new InferenceOptions()), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly RecentFaces _faces;

    public RecentFacesTests() => _faces = new RecentFaces(_time);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Crops_AreHeldOnlyOnceSomebodyHasOptedIn_AndOnlyOfALoneFace()
    {
        Show(faces: 1);
        Assert.Equal(0, _faces.CropCount);

        _faces.HoldCrops("ann");
        Show(faces: 2);
        Assert.Equal(0, _faces.CropCount);
        Show(faces: 1);

        Assert.Equal(1, _faces.CropCount);
        var crop = _faces.Find("0", null)!.Crop!;
        Assert.Equal(("ann", 48 * 48, 7), (crop.Contributor, crop.Pixels.Length, crop.Pixels[0]));
    }

    [Fact]
    public void Crops_AreNoMoreThanTheGlimpses_AndGoAfterHalfAMinute()
    {
        _faces.HoldCrops("ann");
        for (var i = 0; i < 200; i++)
        {
            Show(faces: 1);
        }

        Assert.Equal(128, _faces.CropCount);
        _faces.ForgetPastCrops();
        // One every 0.6 seconds.
        Assert.Equal(50, _faces.CropCount);
        _time.Advance(TimeSpan.FromSeconds(31));
        _faces.ForgetPastCrops();
        Assert.Equal(0, _faces.CropCount);
    }

    [Fact]
    public void Forgetting_IsForTheOneWhoAsked_AndHoldsNoFurtherOnes()
    {
        _faces.HoldCrops("ann");
        Show(faces: 1);
        _faces.HoldCrops("bob");
        Show(faces: 1);

        _faces.ForgetCrops("ann");
        Assert.Equal(1, _faces.CropCount);
        Assert.Equal("bob", _faces.CropsFor);
        _faces.ForgetCrops("bob");
        Show(faces: 1);

        Assert.Equal(0, _faces.CropCount);
        Assert.Null(_faces.CropsFor);
    }

    [Fact]
    public async Task Forgetting_WhileAFrameComes_LeavesNothingBehind()
    {
        var picture = Picture(1);
        for (var i = 0; i < 2000; i++)
        {
            _faces.HoldCrops("ann");
            _time.Advance(TimeSpan.FromSeconds(0.6));
            var keeping = Task.Run(() => _faces.Keep(capturedAt: 0, picture), TestContext.Current.CancellationToken);
            _faces.ForgetCrops("ann");
            await keeping;

            Assert.Equal(0, _faces.CropCount);
        }
    }

    private void Show(int faces)
    {
        _time.Advance(TimeSpan.FromSeconds(0.6));
        _faces.Keep(capturedAt: 0, Picture(faces));
    }

    private Picture Picture(int faces)
    {
        // It is not on its way to anybody, so it needs no source.
        var picture = new Picture(null!, _model);
        for (var i = 0; i < faces; i++)
        {
            picture.AddFace(new TrackedFace(i, default, 0, 0), RecurrentState.None).Pixels.AsSpan().Fill(7);
        }

        return picture;
    }
}
