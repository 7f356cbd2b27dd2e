namespace EmotionStream.Faces.Emotion;

/// <summary>How common the model takes each expression to be before it looks.</summary>
internal enum EmotionPrior
{
    /// <summary>Everyday for a single picture and a face at its own rest, going over to balanced as a followed face moves away from its rest.</summary>
    Auto,

    /// <summary>As in photographs of people who are not acting: most faces are neutral or smile.</summary>
    Everyday,

    /// <summary>Every expression is as likely as the others: right for posed and acted material.</summary>
    Balanced,
}

/// <summary>Names the model's outputs that answer under a prior.</summary>
internal static class EmotionPriors
{
    public static string Emotions(this EmotionPrior prior) => prior switch
    {
        EmotionPrior.Everyday => "emotions_everyday",
        EmotionPrior.Balanced => "emotions_balanced",
        _ => "emotions",
    };

    public static string Still(this EmotionPrior prior) => prior == EmotionPrior.Balanced ? "still_balanced" : "still";
}
