namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>What `evaluate` measured, as it is written to JSON.</summary>
/// <param name="Data">The folder's or pack's name.</param>
/// <param name="Precision">How the model computed: float, or int8.</param>
/// <param name="ReadyMade">The pictures themselves as crops, without detection.</param>
/// <param name="WithDetection">The same pictures through detector and cropper; absent unless asked for.</param>
internal sealed record EmotionReport(
    string Data, int Pictures, ModelFile Model, string Precision, IReadOnlyList<string> Labels, ReadyMadeFigures ReadyMade, DetectedFigures? WithDetection);

/// <summary>The temporal answer of a face's first frame, and the single-frame answer.</summary>
/// <param name="Looks">For each label, 6x6 cells row by row: where the right single-frame answers came from on average.</param>
internal sealed record ReadyMadeFigures(EmotionFigures Emotions, EmotionFigures Still, double[][] Looks);

/// <summary>The same for crops that the server found and cut.</summary>
internal sealed record DetectedFigures(
    ModelFile FaceModel, string Crop, double Roll, int Found, int NotFound,
    DetectedAccuracy EmotionsAccuracy, DetectedAccuracy StillAccuracy, EmotionFigures Emotions, EmotionFigures Still);

/// <summary>Accuracy on the faces found, on the same pictures as ready-made crops, and on all with a face not found counted as wrong.</summary>
internal sealed record DetectedAccuracy(double Found, double SameReadyMade, double All);
