using System.Diagnostics;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Benchmarks;

/// <summary>What can't be saved, and nothing else: JPEG decode, one run each of the detector, of the second look and of the emotion model.</summary>
internal sealed class BareKernels : IDisposable
{
    private readonly byte[] _jpeg;
    private readonly VisionOptions _options = new();
    private readonly PictureDecoder _decoder;
    private readonly FaceDetectorModel _detectorModel;
    private readonly DetectorInput _detector;
    private readonly CloseLook _close;
    private readonly EmotionModel _emotion;
    private readonly RecurrentState _state;
    private readonly GrayImage _image = new();

    public BareKernels(byte[] jpeg)
    {
        _jpeg = jpeg;
        _decoder = PictureDecoder.ForFrames(_options);
        _detectorModel = new FaceDetectorModel(_options);
        _decoder.Decode(jpeg, _image);
        _detector = new DetectorInput(_detectorModel, (_image.Width + 31) / 32 * 32, (_image.Height + 31) / 32 * 32);
        _detector.Fill(_image);
        _close = new CloseLook(_detectorModel.Close!);
        _emotion = new EmotionModel(Options.Create(new InferenceOptions()), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        _state = new RecurrentState(_emotion.Shape.StateSize);
        _emotion.Add(new byte[EmotionModelShape.FaceSide * EmotionModelShape.FaceSide], 0, _state);
    }

    public int Run(int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            Decode();
            Detect();
            LookCloser();
            Judge();
        }

        return frames;
    }

    /// <summary>Milliseconds of each kernel, one after the other.</summary>
    public (double Decode, double Detect, double Close, double Emotion) Split() => (Time(Decode), Time(Detect), Time(LookCloser), Time(Judge));

    public void Dispose()
    {
        _detector.Dispose();
        _close.Dispose();
        _detectorModel.Dispose();
        _emotion.Dispose();
    }

    private static double Time(Action kernel)
    {
        const int Times = 1000;
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < Times; i++)
        {
            kernel();
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Times;
    }

    private void Decode() => _decoder.Decode(_jpeg, _image);

    private void Detect() => _detector.Run();

    private void LookCloser() => _close.Run();

    private void Judge() => _emotion.Run();
}
