namespace EmotionStream.Contracts;

/// <summary>What the readings will be used for; asked of every sender, because some uses are not allowed everywhere.</summary>
public enum Purpose
{
    Personal,
    Entertainment,
    Research,
    Wellbeing,
    Workplace,
    Education,
}
