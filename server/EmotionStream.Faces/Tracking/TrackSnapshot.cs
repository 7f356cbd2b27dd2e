namespace EmotionStream.Faces.Tracking;

/// <summary>What a tracker knows, in numbers that another server can go on with.</summary>
internal sealed record TrackerSnapshot(int LastId, double LastAt, double Now, IReadOnlyList<TrackSnapshot> Tracks);

/// <summary>One believed face of a <see cref="TrackerSnapshot"/>.</summary>
/// <param name="Motion">As <see cref="ConstantVelocity.Save"/> wrote it.</param>
/// <param name="Face">As <see cref="DetectedFace.Save"/> wrote it.</param>
internal sealed record TrackSnapshot(int Id, double FirstSeen, double LastSeen, double[] Motion, float[] Face);
