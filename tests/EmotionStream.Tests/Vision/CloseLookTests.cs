using System.Text.Json;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Onnx;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Vision;

public sealed class CloseLookTests : IDisposable
{
    private readonly FaceDetectorModel _model = new(new VisionOptions());
    private readonly FaceDetector _detector;
    private readonly CloseLook _close;
    private readonly GrayImage _image = new();

    public CloseLookTests()
    {
        _detector = new FaceDetector(_model, new VisionOptions());
        _close = new CloseLook(_model.Close!);
    }

    public void Dispose()
    {
        _close.Dispose();
        _detector.Dispose();
        _model.Dispose();
    }

    /// <summary>The numbers that the training framework gave for the same pixels.</summary>
    [Fact]
    public void At_GoldenPicture_GivesTheTrainingFrameworksNumbers()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "face-close.json")));
        var input = golden.RootElement.GetProperty("input");
        GoldenPicture.Draw(_image);

        // A face of the size that the close-up gives to faces is cut out pixel by pixel.
        var middle = input.GetProperty("left").GetInt32() + (CloseLookModel.Side / 2);
        var height = input.GetProperty("top").GetInt32() + (CloseLookModel.Side / 2);
        using var model = CloseLookModel.Beside(_model.Path, exact: true)!;
        using var close = new CloseLook(model);
        close.At(_image, Square(middle, height, CloseLookModel.FaceSide));

        var tolerance = golden.RootElement.GetProperty("tolerance").GetSingle();
        foreach (var output in golden.RootElement.GetProperty("values").EnumerateObject())
        {
            var index = 0;
            foreach (var value in output.Value.EnumerateArray())
            {
                Assert.Equal(value.GetSingle(), close.Read(output.Name, index++), tolerance);
            }
        }
    }

    [Fact]
    public void At_InIntegers_SeesTheFaceWhereTheExactModelDoes()
    {
        Assert.SkipUnless(Processor.SumsByteProducts, "Without byte products in hardware, sums of bytes may saturate.");
        using var exactModel = CloseLookModel.Beside(_model.Path, exact: true)!;
        using var exact = new CloseLook(exactModel);
        foreach (var emotion in (string[])["neutral", "happy", "surprise", "angry"])
        {
            Decode(TestPictures.Face(emotion));
            var whole = Assert.Single(_detector.Detect(_image).ToArray());

            var (rounded, wanted) = (_close.At(_image, whole), exact.At(_image, whole));

            Assert.NotEqual(wanted.Box, rounded.Box);
            Assert.InRange(rounded.Box.Overlap(wanted.Box), 0.97f, 1f);
            Assert.InRange(rounded.Score, wanted.Score - 0.02f, wanted.Score + 0.02f);
            var eyes = (wanted.Points!.Value.LeftEye - wanted.Points.Value.RightEye).Length();
            Assert.InRange((rounded.Points!.Value.Nose - wanted.Points.Value.Nose).Length(), 0, 0.03f * eyes);
        }
    }

    [Fact]
    public void Load_IntegersMadeFromAnotherModel_AreLeftAlone()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var close = Path.Combine(folder.FullName, "face-close.onnx");
            File.Copy(Path.ChangeExtension(_model.Path, null) + "-close.onnx", close);
            File.WriteAllBytes(Path.Combine(folder.FullName, "face-close-int8.onnx"), _model.Bytes);

            using var model = CloseLookModel.Beside(Path.Combine(folder.FullName, "face.onnx"));

            Assert.Contains("face", model!.Session.OutputMetadata.Keys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.25, 0, 1)]
    [InlineData(-0.2, 0.2, 1)]
    [InlineData(0, 0, 1.25)]
    [InlineData(0, 0, 0.8)]
    public void At_BoxBesideTheFace_PutsItRight(double right, double down, double size)
    {
        Decode(TestPictures.Face("neutral", 0.5, 0.5, 200));
        var face = Assert.Single(_detector.Detect(_image).ToArray());
        var side = MathF.Sqrt(face.Box.Area);

        var seen = _close.At(_image, Square(face.Box.CenterX + (float)(right * side), face.Box.CenterY + (float)(down * side), (float)size * side));

        Assert.InRange(seen.Score, 0.5f, 1f);
        Assert.InRange(seen.Box.Overlap(face.Box), 0.8f, 1f);
        Assert.InRange((seen.Points!.Value.Nose - face.Points!.Value.Nose).Length(), 0, 0.05f * side);
    }

    [Fact]
    public void At_WhereNobodyIs_IsNotSure()
    {
        Decode(TestPictures.Face("happy", 0.2, 0.5, 160));

        Assert.InRange(_close.At(_image, Square(240, 120, 70)).Score, 0, 0.5f);
    }

    [Theory]
    [InlineData(float.NaN, 80)]
    [InlineData(float.PositiveInfinity, 80)]
    [InlineData(100, 0)]
    [InlineData(100, float.NaN)]
    [InlineData(-1e9f, 1e9f)]
    [InlineData(5000, 80)]
    public void At_BoxThatIsNone_FindsNobody(float x, float side)
    {
        Decode(TestPictures.Face("happy"));

        Assert.InRange(_close.At(_image, Square(x, 100, side)).Score, 0, 0.5f);
        Assert.False(_detector.TryFollow(_image, Square(x, 100, side), out _));
    }

    [Fact]
    public void Detect_WithoutASecondLook_FindsFacesAndFollowsNone()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var alone = Path.Combine(folder.FullName, "alone.onnx");
            File.Copy(_model.Path, alone);
            using var model = new FaceDetectorModel(new VisionOptions { FaceModel = alone });
            using var detector = new FaceDetector(model, new VisionOptions());
            Decode(TestPictures.Face("happy"));

            var face = Assert.Single(detector.Detect(_image).ToArray());

            Assert.Null(model.Close);
            Assert.False(detector.TryFollow(_image, face, out _));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_SecondLookOfAnotherShape_SaysWhatIsWrong()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var detector = Path.Combine(folder.FullName, "face.onnx");
            File.Copy(_model.Path, detector);
            File.Copy(_model.Path, Path.Combine(folder.FullName, "face-close.onnx"));

            var failure = Assert.ThrowsAny<Exception>(() => new FaceDetectorModel(new VisionOptions { FaceModel = detector }));

            Assert.Contains("face-close.onnx", failure.Message, StringComparison.Ordinal);
            Assert.Contains("output 'face'", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void At_AgainAndAgain_AllocatesNothing()
    {
        Decode(TestPictures.Face("happy"));
        var box = Square(160, 120, 80);
        _close.At(_image, box);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 20; i++)
        {
            _close.At(_image, box);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static DetectedFace Square(float x, float y, float side) => new(new FaceBox(x - (side / 2), y - (side / 2), side, side), null, 1);

    private void Decode(byte[] jpeg)
    {
        var decoder = PictureDecoder.ForFrames(new VisionOptions());
        Assert.Equal(PictureResult.Decoded, decoder.Decode(jpeg, _image));
    }
}
