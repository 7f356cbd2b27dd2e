namespace EmotionStream.Contracts;

/// <summary>What a room as a whole appears to express: all its recent faces together.</summary>
/// <param name="Emotions">The mean distribution, each face weighted by its certainty; all zero when nobody was seen lately.</param>
/// <param name="Valence">The mean of the faces' own, weighted likewise.</param>
/// <param name="Positive">Faces whose valence is clearly above zero.</param>
/// <param name="Neutral">Faces whose valence is near zero.</param>
/// <param name="Negative">Faces whose valence is clearly below zero.</param>
/// <param name="Agreement">The share that a face's distribution has in common with the mean one: 1 when all are alike, 1/n for n of which no two share anything, 0 for nobody.</param>
/// <param name="People">Faces that were counted.</param>
public sealed record RoomMood(
    float[] Emotions, float Valence, float Arousal, int Positive, int Neutral, int Negative, float Agreement, int People);
