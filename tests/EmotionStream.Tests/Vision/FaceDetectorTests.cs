using System.Globalization;
using System.Text.Json;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Vision;

public sealed class FaceDetectorTests : IDisposable
{
    private readonly FaceDetectorModel _model = new(new VisionOptions());
    private readonly GrayImage _image = new();

    public void Dispose() => _model.Dispose();

    /// <summary>The numbers that the training framework gave for the same picture.</summary>
    [Fact]
    public void Run_GoldenPicture_GivesTheTrainingFrameworksNumbers()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "face.json")));
        var tolerance = golden.RootElement.GetProperty("tolerance").GetSingle();
        using var input = new DetectorInput(_model, GoldenPicture.Width, GoldenPicture.Height);
        GoldenPicture.Draw(_image);
        Assert.Equal(golden.RootElement.GetProperty("input").GetProperty("sum").GetInt64(), _image.Pixels.ToArray().Sum(pixel => (long)pixel));

        input.Fill(_image);
        input.Run();

        foreach (var value in golden.RootElement.GetProperty("values").EnumerateArray())
        {
            var (output, cell, channel) = (value.GetProperty("output").GetString()!, value.GetProperty("cell").GetInt32(), value.GetProperty("channel").GetInt32());
            Assert.Equal(value.GetProperty("value").GetSingle(), Read(input, output, cell, channel), tolerance);
        }
    }

    [Theory]
    [InlineData(160, 120, 90)]
    [InlineData(90, 110, 60)]
    [InlineData(240, 120, 150)]
    public void Detect_AverageFace_IsFoundWhereItIs(int x, int y, int side)
    {
        using var detector = new FaceDetector(_model, new VisionOptions());
        Decode(TestPictures.Face("happy", x / 320.0, y / 240.0, 2 * side));

        var faces = detector.Detect(_image).ToArray();

        var face = Assert.Single(faces);
        Assert.InRange(face.Box.CenterX, x - (side / 6f), x + (side / 6f));
        Assert.InRange(face.Box.CenterY, y - (side / 6f), y + (side / 6f));
        Assert.InRange(face.Points!.Value.LeftEye.X - face.Points.Value.RightEye.X, side * 0.25f, side * 0.5f);
        Assert.True(face.Points.Value.Nose.Y < face.Points.Value.LeftMouth.Y);
    }

    /// <summary>In a still's size the detector sees this face a second time, in a box three times as large around it.</summary>
    [Fact]
    public void Detect_BoxAroundABetterOne_IsLeftOut()
    {
        var options = new VisionOptions { WorkingSide = 640 };
        using var detector = new FaceDetector(_model, options);
        Decode(TestPictures.Face("happy"), options);

        Assert.Single(detector.Detect(_image).ToArray());
    }

    /// <summary>In each of these the detector also takes chin and shoulders for a face, twice as large as the true one.</summary>
    [Theory]
    [InlineData("angry", 240)]
    [InlineData("sad", 340)]
    [InlineData("surprise", 460)]
    [InlineData("angry", 580)]
    [InlineData("sad", 700)]
    public void Detect_PortraitWithShoulders_FindsTheFaceAndNoOther(string emotion, int faceWidth)
    {
        var options = new VisionOptions { WorkingSide = 640 };
        using var detector = new FaceDetector(_model, options);
        Decode(TestPictures.Portrait(emotion, faceWidth), options);

        var face = Assert.Single(detector.Detect(_image).ToArray());

        var side = _image.Width / 2.2f;
        Assert.InRange(face.Box.CenterX, (0.5f * _image.Width) - (0.1f * side), (0.5f * _image.Width) + (0.1f * side));
        Assert.InRange(face.Box.CenterY, (0.4f * _image.Height) - (0.2f * side), (0.4f * _image.Height) + (0.2f * side));
        Assert.InRange(face.Box.Width, side, 1.5f * side);
    }

    /// <summary>The box goes with the face, whichever of the detector's cells its middle is in.</summary>
    [Fact]
    public void Detect_FaceThatMovesByPixels_BoxHardlyTrembles()
    {
        using var detector = new FaceDetector(_model, new VisionOptions());
        var boxes = new List<FaceBox>();
        for (var moved = 0; moved < 16; moved++)
        {
            Decode(TestPictures.Face("happy", 0.4 + (moved / 320.0), 0.5, 180));
            boxes.Add(Assert.Single(detector.Detect(_image).ToArray()).Box);
        }

        // By the surest cell alone they are 0.75 and 1.15 pixels.
        Assert.InRange(Deviation(boxes.Select((box, moved) => box.CenterX - moved)), 0, 0.6);
        Assert.InRange(Deviation(boxes.Select(box => box.Width)), 0, 0.6);
    }

    [Fact]
    public void Detect_MoreFacesThanWanted_ReturnsTheBestOnly()
    {
        Decode(TestPictures.Faces(640, 480, ("happy", 0.2, 0.5, 180), ("happy", 0.5, 0.5, 180), ("happy", 0.8, 0.5, 180)));
        using var all = new FaceDetector(_model, new VisionOptions());
        using var two = new FaceDetector(_model, new VisionOptions { MaxFaces = 2 });

        var found = all.Detect(_image).ToArray();

        Assert.Equal(3, found.Length);
        Assert.Equal(found.OrderByDescending(face => face.Score), found);
        Assert.Equal(found[..2], two.Detect(_image).ToArray());
    }

    [Fact]
    public void Detect_EmptyPicture_FindsNobody()
    {
        using var detector = new FaceDetector(_model, new VisionOptions());
        Decode(TestPictures.Empty());

        Assert.Empty(detector.Detect(_image).ToArray());
    }

    [Fact]
    public void Detect_SmallerPictureAfterALargerOneOfTheSameInputSize_SeesNothingOfTheOld()
    {
        using var detector = new FaceDetector(_model, new VisionOptions());
        Decode(TestPictures.Face("happy"));
        Assert.Single(detector.Detect(_image).ToArray());

        _image.Resize(290, 230);
        _image.Pixels.Fill(128);

        Assert.Empty(detector.Detect(_image).ToArray());
    }

    [Fact]
    public void Detect_EverySizeThereIs_StaysBoundedAndGoesOn()
    {
        using var detector = new FaceDetector(_model, new VisionOptions());
        Decode(TestPictures.Face("happy"));
        var expected = detector.Detect(_image).ToArray();
        var other = new GrayImage();
        foreach (var (width, height) in ((int, int)[])[(1, 1), (1, 400), (400, 1), (33, 31), (64, 64), (320, 200), (200, 320), (500, 500), (320, 240)])
        {
            other.Resize(width, height);
            other.Pixels.Fill(90);
            Assert.Empty(detector.Detect(other).ToArray());
        }

        Assert.Equal(4, detector.Sizes);
        Assert.Equal(expected, detector.Detect(_image).ToArray());
    }

    [Fact]
    public void Detect_AgainAndAgain_AllocatesNothing()
    {
        using var detector = new FaceDetector(_model, new VisionOptions());
        Decode(TestPictures.Face("happy"));
        detector.Detect(_image);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 20; i++)
        {
            detector.Detect(_image);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Detect_WithTheOfficialYuNetFile_FindsTheSameFace()
    {
        var options = new VisionOptions { FaceModel = SharedData.File("baselines", "yunet_n_dynamic.onnx") };
        using var official = new FaceDetectorModel(options);
        using var theirs = new FaceDetector(official, options);
        using var ours = new FaceDetector(_model, new VisionOptions());
        Decode(TestPictures.Face("happy"));

        var found = Assert.Single(theirs.Detect(_image).ToArray());

        Assert.Equal(3, official.Channels);
        Assert.True(found.Box.Overlap(Assert.Single(ours.Detect(_image).ToArray()).Box) > 0.6);
    }

    [Fact]
    public void Detect_WithTheOfficialYuNetFile_FindsFiveInAGroup()
    {
        var options = new VisionOptions { FaceModel = SharedData.File("baselines", "yunet_n_dynamic.onnx"), WorkingSide = 640 };
        using var official = new FaceDetectorModel(options);
        using var detector = new FaceDetector(official, options);
        var decoder = PictureDecoder.ForFrames(options);
        Assert.Equal(PictureResult.Decoded, decoder.Decode(File.ReadAllBytes(SharedData.File("media", "multi_face.jpg")), _image));

        Assert.Equal(5, detector.Detect(_image).Length);
    }

    [Theory]
    [InlineData("models/none.onnx", "no such file")]
    [InlineData("models/emotion.onnx", "inputs")]
    [InlineData("models/face.md", "face.md")]
    public void Load_FileThatIsNoDetector_SaysWhatIsWrong(string file, string problem)
    {
        var failure = Assert.ThrowsAny<Exception>(() => new FaceDetectorModel(new VisionOptions { FaceModel = file }));

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(file), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileOfOneFixedSize_SaysSo()
    {
        var file = SharedData.File("baselines", "yunet_n_320_320.onnx");

        var failure = Assert.ThrowsAny<Exception>(() => new FaceDetectorModel(new VisionOptions { FaceModel = file }));

        Assert.Contains("320x320", failure.Message, StringComparison.Ordinal);
    }

    private static double Deviation(IEnumerable<float> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static float Read(DetectorInput input, string output, int cell, int channel)
    {
        var name = output.Split('_');
        return input.Levels[Array.IndexOf(FaceDetectorModel.Strides, int.Parse(name[1], CultureInfo.InvariantCulture))].Read(name[0], cell, channel);
    }

    private void Decode(byte[] jpeg, VisionOptions? options = null)
    {
        var decoder = PictureDecoder.ForFrames(options ?? new VisionOptions());
        Assert.Equal(PictureResult.Decoded, decoder.Decode(jpeg, _image));
    }
}
