using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Tools.Evaluation.Pictures;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Measures the emotion model on labeled pictures, ready-made and, if there is a finder, found in a frame.</summary>
internal sealed class EmotionEvaluation(EmotionModel model, PictureReader reader, FaceFinder? finder)
{
    private readonly GrayImage _picture = new();
    private readonly GrayImage _resized = new();
    private readonly EmotionTally _readyMade = new(model);
    private readonly EmotionTally _detected = new(model);
    private readonly EmotionTally _foundReadyMade = new(model);
    private int _notFound;

    public void Run(LabeledSet data, ProgressLine progress)
    {
        foreach (var picture in data.Pictures)
        {
            reader.Read(picture.File, picture.Name, _picture);
            var whole = Whole();
            _readyMade.Add(whole, picture.Label);
            if (finder is not null)
            {
                AddFound(finder, whole, picture.Label);
            }

            progress.Advance();
        }
    }

    public ReadyMadeFigures ReadyMade()
    {
        var (emotions, still, looks) = _readyMade.Finish();
        return new ReadyMadeFigures(emotions, still, looks);
    }

    public DetectedFigures Detected(ModelFile faceModel, CropManner manner)
    {
        var (emotions, still, _) = _detected.Finish();
        var (sameEmotions, sameStill, _) = _foundReadyMade.Finish();
        var shareFound = emotions.Pictures / (double)Math.Max(1, emotions.Pictures + _notFound);
        return new DetectedFigures(
            faceModel, manner.Name, manner.Roll, emotions.Pictures, _notFound,
            new DetectedAccuracy(emotions.Accuracy, sameEmotions.Accuracy, emotions.Accuracy * shareFound),
            new DetectedAccuracy(still.Accuracy, sameStill.Accuracy, still.Accuracy * shareFound),
            emotions, still);
    }

    private void AddFound(FaceFinder faces, byte[] whole, int label)
    {
        if (faces.Crop(_picture) is { } crop)
        {
            _detected.Add(crop, label);
            _foundReadyMade.Add(whole, label);
        }
        else
        {
            _notFound++;
        }
    }

    /// <summary>The whole picture as a crop: as it is where it has that size already.</summary>
    private byte[] Whole()
    {
        if (_picture.Width == CropGeometry.Side && _picture.Height == CropGeometry.Side)
        {
            return _picture.Pixels.ToArray();
        }

        AreaResizer.Resize(_picture, _resized, CropGeometry.Side, CropGeometry.Side);
        return _resized.Pixels.ToArray();
    }
}
