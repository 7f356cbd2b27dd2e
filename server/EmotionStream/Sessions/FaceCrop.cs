namespace EmotionStream.Sessions;

/// <summary>What the emotion model saw of a face whose person has opted in to the face archive: 48x48 gray pixels.</summary>
/// <param name="Contributor">The hash of that person's secret: the crop is for their own corrections and for nobody else's.</param>
internal sealed record FaceCrop(string Contributor, byte[] Pixels);
