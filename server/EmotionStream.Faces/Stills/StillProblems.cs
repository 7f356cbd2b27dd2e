using EmotionStream.Contracts;

namespace EmotionStream.Faces.Stills;

/// <summary>Tells in a word and a sentence why a picture was refused, over HTTP and in a terminal alike.</summary>
internal static class StillProblems
{
    public static StillProblem Describe(StillRefusal refusal) => refusal switch
    {
        StillRefusal.Empty => new("empty_picture", "The picture has no bytes."),
        StillRefusal.NotAPicture => new("not_a_picture", "The bytes are neither a JPEG nor a PNG nor a WebP picture."),
        StillRefusal.Undecodable => new("undecodable", "The picture is cut short or damaged."),
        StillRefusal.TooLarge => new("too_large", "The picture has more bytes than this server takes."),
        StillRefusal.TooManyPixels => new("too_many_pixels", "The picture announces more pixels than this server takes."),
        StillRefusal.Busy => new("busy", "Too many pictures are waiting; come back in a moment."),
        _ => new("failed", "The server failed on this picture."),
    };
}
