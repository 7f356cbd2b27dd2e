using EmotionStream.Faces;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>A picture and what a detector found in it, best first, from the lowest score that is looked at.</summary>
internal sealed record DetectedPicture(AnnotatedPicture Picture, DetectedFace[] Found);
