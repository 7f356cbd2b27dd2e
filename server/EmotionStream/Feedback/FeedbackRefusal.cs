namespace EmotionStream.Feedback;

/// <summary>Why a correction or a version can't be had: a word that stays the same, and a sentence for people.</summary>
internal sealed record FeedbackRefusal(string Code, string Detail)
{
    public static FeedbackRefusal Off { get; } = new("feedback_off", "This server takes no corrections.");

    public static FeedbackRefusal UnknownFace { get; } = new("unknown_face", "No such face was seen here in the last half minute.");

    public static FeedbackRefusal UnknownToken { get; } = new("unknown_face", "No picture of the last minutes had a face with this token.");

    public static FeedbackRefusal BadLabel { get; } = new("bad_label", "Say which of the labels it was.");

    public static FeedbackRefusal BadContributor { get; } = new("bad_contributor", "A contributor's secret has 16 to 128 characters.");

    public static FeedbackRefusal RateLimited { get; } = new("rate_limited", "Too many corrections at once. Try again in a minute.");

    public static FeedbackRefusal TooManyContributors { get; } = new("too_many_contributors", "Too many people have sent corrections from this address today.");

    public static FeedbackRefusal Full { get; } = new("full", "The server keeps as many corrections as it may.");

    public static FeedbackRefusal Unavailable { get; } = new("storage_unavailable", "The server can't keep anything at present. Try again later.");

    public static FeedbackRefusal ArchiveOff { get; } = new("archive_off", "This server keeps no faces: its operator has set no key for them (Archive:Key).");

    public static FeedbackRefusal NotOptedIn { get; } = new("not_opted_in", "This contributor has not opted in to the face archive.");

    public static FeedbackRefusal UnknownSession { get; } = new("unknown_session", "There is no such session, or not any more.");

    public static FeedbackRefusal UnknownVersion { get; } = new("unknown_version", "There is no such version.");

    public static FeedbackRefusal NothingBefore { get; } = new("nothing_before", "The model is the one that the server was started with; there is nothing to go back to.");

    public static FeedbackRefusal Overtaken { get; } = new("overtaken", "Another server has changed the model at the same moment. Look at what runs now.");

    public static FeedbackRefusal Running { get; } = new("already_running", "A retraining is under way.");

    public static FeedbackRefusal NotPassed(string reason) => new("not_passed", $"This version did not pass its test: {reason}");

    public static FeedbackRefusal BadModel(string problem) => new("bad_model", problem);
}

/// <summary>Something was asked of the feedback that can't be had.</summary>
internal sealed class FeedbackException(FeedbackRefusal refusal) : Exception(refusal.Detail)
{
    public FeedbackRefusal Refusal => refusal;
}
