namespace EmotionStream.Sessions;

/// <summary>How the emotion model saw one face at one moment.</summary>
/// <param name="FaceId">Within its session.</param>
/// <param name="CapturedAt">The sender's own time stamp of the frame.</param>
/// <param name="SeenAt">The server's own.</param>
/// <param name="Answer">The label that was told, by number.</param>
/// <param name="ModelSha256">Of the model file that the embedding is of.</param>
/// <param name="Crop">Null unless its person has opted in to the face archive: then there is no picture of it anywhere.</param>
internal sealed record FaceGlimpse(
    int FaceId, double CapturedAt, long SeenAt, Half[] Embedding, int Answer, string ModelSha256, FaceCrop? Crop = null);
