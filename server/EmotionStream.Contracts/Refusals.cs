namespace EmotionStream.Contracts;

/// <summary>Why something that was asked for can't be had.</summary>
/// <param name="Code">A word that stays the same, to be acted upon.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Status">The HTTP status that it is answered with.</param>
public sealed record Refusal(string Code, string Detail, int Status)
{
    /// <summary>When to try again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>A request is refused; the edge turns it into problem details over HTTP, and into an error of the call on a hub.</summary>
public sealed class RefusedException(Refusal refusal, Exception? inner = null) : Exception(refusal.Detail, inner)
{
    public Refusal Refusal => refusal;
}

/// <summary>Every refusal of the server: the one list of codes, which docs/http.md repeats.</summary>
public static class Refusals
{
    // Requests
    public static Refusal BadRequest(string detail) => new("bad_request", detail, 400);

    /// <summary>One value of a request is wrong: <c>bad_count</c>, <c>bad_name</c>.</summary>
    public static Refusal Bad(string what, string detail) => new($"bad_{what}", detail, 400);

    public static Refusal BadForm { get; } = new("bad_form", "The form is malformed or ends early.", 400);

    public static Refusal UnsupportedMediaType(string detail) => new("unsupported_media_type", detail, 415);

    public static Refusal RequestTooLarge { get; } = new("request_too_large", "The request has more bytes than this server takes.", 413);

    public static Refusal TooManyParts(string detail) => new("too_many_parts", detail, 413);

    public static Refusal RateLimited(string detail) => new("rate_limited", detail, 429);

    private static Refusal RateLimited(string detail, TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds));
        return RateLimited(FormattableString.Invariant($"{detail} Try again in {seconds} s.")) with { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }

    /// <summary>One address or key sends more than its share.</summary>
    public static Refusal TooMuchOfOne(string what, TimeSpan retryAfter) => RateLimited($"You send more {what} than this server takes from one caller.", retryAfter);

    public static Refusal TooManyConnections { get; } = new("too_many_connections", "You have as many connections as this server lets one caller have.", 429);

    public static Refusal Busy(string detail) => new("busy", detail, 503);

    public static Refusal OutOfMemory { get; } = Busy("The server has no memory for this at the moment. Try again later.");

    public static Refusal StorageUnavailable { get; } = new("storage_unavailable", "What the server keeps can't be reached at present. Try again later.", 503);

    // Callers
    public static Refusal OperatorOnly { get; } = new(
        "local_only", "Only users of the server's own machine may do this, until its operator sets Rooms:OperatorKey.", 403);

    public static Refusal OperatorKeyRequired { get; } = new("operator_key_required", "Send the operator's key as 'Authorization: Bearer KEY'.", 401);

    public static Refusal KeyRequired { get; } = new(
        "key_required", "This server takes pictures only with a key of its operator's: send it as 'Authorization: Bearer KEY', or open /access in a browser.", 401);

    public static Refusal ContributorRequired { get; } = new(
        "contributor_required", "Send your contributor's secret as 'Authorization: Bearer SECRET'.", 401);

    public static Refusal ResumeTokenRequired { get; } = new(
        "token_required", "Send the resume token of your session as 'Authorization: Bearer TOKEN'.", 401);

    public static Refusal ForeignOrigin { get; } = new(
        "foreign_origin", "Pages of other sites may not use this server, unless its operator names them in Edge:Origins.", 403);

    // Pictures
    public static Refusal NoPicture(string detail) => new("no_picture", detail, 400);

    public static Refusal EmptyPicture { get; } = new("empty_picture", "The picture has no bytes.", 400);

    public static Refusal NotAPicture { get; } = new("not_a_picture", "The bytes are neither a JPEG nor a PNG nor a WebP picture.", 415);

    public static Refusal NotAPictureText { get; } = new(
        "not_a_picture", "A picture is a file of the form, or a text data:image/...;base64,...; this server opens no files of its own.", 400);

    public static Refusal Undecodable { get; } = new("undecodable", "The picture is cut short or damaged.", 422);

    public static Refusal TooLarge { get; } = new("too_large", "The picture has more bytes than this server takes.", 413);

    public static Refusal TooManyPixels { get; } = new("too_many_pixels", "The picture announces more pixels than this server takes.", 413);

    public static Refusal TooManyPictures { get; } = Busy("Too many pictures are waiting; come back in a moment.");

    public static Refusal PictureFailed { get; } = new("failed", "The server failed on this picture.", 500);

    public static Refusal NoFace { get; } = new("no_face", "No face was found in the picture.", 422);

    public static Refusal NoFaceToAnalyze { get; } = new(
        "no_face", "Face could not be detected in the picture. Send one that shows a face, or set enforce_detection to false to have the whole picture taken for one.", 400);

    public static Refusal UnknownAction(string detail) => new("unknown_action", detail, 400);

    public static Refusal ActionNotOffered(string detail) => new("action_not_offered", detail, 400);

    public static Refusal FetchOff { get; } = new("fetch_off", "This server fetches no pictures from addresses; send the picture itself.", 400);

    public static Refusal FetchNotAllowed { get; } = new("fetch_not_allowed", "This server fetches no pictures from that address.", 400);

    public static Refusal FetchFailed { get; } = new("fetch_failed", "The picture could not be fetched from that address.", 400);

    // Videos
    public static Refusal NoVideo(string field) => new("no_video", $"The form has no field '{field}'.", 400);

    public static Refusal EmptyVideo { get; } = new("empty_video", "The clip has no bytes.", 400);

    public static Refusal NotAVideo { get; } = new("not_a_video", "The bytes are neither MP4 nor WebM nor MJPEG.", 415);

    public static Refusal VideoTooLarge(int bytes) => new("too_large", $"A clip may have {bytes / 1_000_000} MB.", 413);

    public static Refusal NoFfmpeg { get; } = new("no_ffmpeg", "This server can't decode clips: it needs Linux and the package ffmpeg.", 501);

    public static Refusal TooManyVideos { get; } = Busy("Too many clips are waiting; come back later.");

    public static Refusal UnknownVideo { get; } = new("unknown_video", "There is no such clip, or no longer.", 404);

    public static Refusal VideoNotDone { get; } = new("not_done", "The clip has not been measured yet.", 409);

    // What became of a clip that was taken in.
    public static Refusal VideoRemoved { get; } = new("removed", "The clip was removed.", 409);

    public static Refusal VideoTooLong { get; } = new("too_long", "The work on this clip took longer than this server allows.", 409);

    public static Refusal VideoUndecodable { get; } = new("undecodable", "The clip has no picture that can be decoded.", 409);

    public static Refusal VideoFailed { get; } = new("failed", "The server failed on this clip.", 409);

    public static Refusal VideoInterrupted { get; } = new("busy", "The server is stopping.", 409);

    // Sessions
    public static Refusal Stopping { get; } = Busy("The server is stopping. Try again later.");

    public static Refusal TooManySessions { get; } = Busy("The server has as many sessions as it can take. Try again later.");

    /// <param name="elsewhere">The address of a server that has room, where one is known.</param>
    public static Refusal ServerFull(string? elsewhere) => Busy(
        elsewhere is null ? "The server has as much to do as it can. Try again later." : $"The server has as much to do as it can. Another one has room: {elsewhere}");

    public static Refusal TooManySessionsOfOne { get; } = new("too_many_sessions", "You have as many cameras on as this server lets one caller have. Turn one off first.", 429);

    public static Refusal NotStarted { get; } = new("not_started", "Call Start first.", 409);

    public static Refusal ConsentRequired { get; } = new(
        "consent_required", "Frames are analyzed only after the person in front of the camera has agreed.", 403);

    public static Refusal PurposeRequired { get; } = new(
        "purpose_required", "Say what the readings are for: personal, entertainment, research, wellbeing, workplace or education.", 400);

    public static Refusal PurposeRefused { get; } = new(
        "purpose_refused",
        "Inferring emotions at work or in education is prohibited in the EU (AI Act, Article 5(1)(f)), except for medical or safety reasons. "
        + "The operator of this server has not enabled it.",
        403);

    // Rooms
    public static Refusal RoomsAreLocal { get; } = new(
        "local_only", "Rooms are open only to users of the server's own machine, until its operator sets Rooms:OperatorKey and hands out tokens.", 403);

    public static Refusal TokenRequired { get; } = new("token_required", "This room needs a token.", 401);

    public static Refusal TokenInvalid { get; } = new("token_invalid", "The token was not made by this server's operator.", 401);

    public static Refusal TokenExpired { get; } = new("token_expired", "The token has expired.", 401);

    public static Refusal TokenWrongRoom { get; } = new("token_wrong_room", "The token is for another room.", 401);

    public static Refusal TokenWrongRole { get; } = new(
        "token_wrong_role", "The token is for another role: sources and viewers have tokens of their own.", 401);

    public static Refusal NoOperatorKey { get; } = new(
        "no_operator_key", "Without Rooms:OperatorKey rooms need no tokens; only local users enter them.", 409);

    public static Refusal RoomFull { get; } = new("room_full", "The room has as many of your kind as it can take.", 409);

    public static Refusal TooManyRooms { get; } = Busy("The server has as many rooms as it can take. Try again later.");

    public static Refusal TooManyWatches(int most) => new("too_many_watches", $"One connection may watch {most} rooms at once.", 429);

    public static Refusal NotJoined { get; } = new("not_joined", "Join a room's call first.", 409);

    public static Refusal UnknownParticipant { get; } = new("unknown_participant", "Nobody of that id is in the call, or not any more.", 404);

    // History
    public static Refusal HistoryOff { get; } = new("history_off", "This server keeps no history; History:Enabled turns it on.", 404);

    public static Refusal TooManyQueries { get; } = Busy("As many queries as allowed are under way. Try again later.");

    // Corrections, learning and the face archive
    public static Refusal FeedbackOff { get; } = new("feedback_off", "This server takes no corrections.", 403);

    public static Refusal UnknownFace { get; } = new("unknown_face", "No such face was seen here in the last half minute.", 404);

    public static Refusal UnknownFaceToken { get; } = new("unknown_face", "No picture of the last minutes had a face with this token.", 404);

    public static Refusal BadLabel { get; } = Bad("label", "Say which of the labels it was.");

    public static Refusal BadContributor { get; } = Bad("contributor", "A contributor's secret has 16 to 128 characters.");

    public static Refusal TooManyCorrections(TimeSpan retryAfter) => RateLimited("Too many corrections at once.", retryAfter);

    public static Refusal TooManyContributors { get; } = new(
        "too_many_contributors", "Too many people have sent corrections from this address today.", 429);

    public static Refusal Full { get; } = new("full", "The server keeps as many corrections as it may.", 503);

    public static Refusal ArchiveOff { get; } = new(
        "archive_off", "This server keeps no faces: its operator has set no key for them (Archive:Key).", 403);

    public static Refusal NotOptedIn { get; } = new("not_opted_in", "This contributor has not opted in to the face archive.", 403);

    public static Refusal UnknownSession { get; } = new("unknown_session", "There is no such session, or not any more.", 404);

    public static Refusal UnknownVersion { get; } = new("unknown_version", "There is no such version.", 404);

    public static Refusal NothingBefore { get; } = new(
        "nothing_before", "The model is the one that the server was started with; there is nothing to go back to.", 409);

    public static Refusal Overtaken { get; } = new("overtaken", "Another server has changed the model at the same moment. Look at what runs now.", 409);

    public static Refusal AlreadyRunning { get; } = new("already_running", "A retraining is under way.", 409);

    public static Refusal NotPassed(string reason) => new("not_passed", $"This version did not pass its test: {reason}", 409);

    public static Refusal BadModel(string problem) => new("bad_model", problem, 422);
}
