using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;

namespace EmotionStream.Faces.Tracking;

/// <summary>Decides for one session's frames where to look: everywhere now and then, near the known faces in between.</summary>
/// <remarks>
/// A search of everything costs more than a frame that is followed. So it waits while nothing outside the known faces has changed, and on a full
/// server for a number of frames: sessions that are served seldom would otherwise be searched whole every time, and the
/// busier the server, the less it would get done. Whatever is unclear (a face not found where it was, two that have become one) leads to a
/// search at once, so following never costs a face. Belongs to one session, whose frames arrive one at a time; not thread-safe.
/// </remarks>
internal sealed class FaceSearch(VisionOptions options)
{
    // A search is worth one and a half frames that are followed: one in fifteen costs a full server a tenth of what it can do.
    private const double FramesPerSearch = 15;

    // Seconds. However full the server is, nobody who comes into a picture waits for longer.
    private const double LongestWait = 5;

    private readonly FaceTracker _tracker = new(options);
    private readonly SceneMemory _scene = new();
    private readonly double _interval = options.WholeFrameInterval.TotalSeconds;
    private readonly double _longest = Math.Max(options.WholeFrameInterval.TotalSeconds, options.QuietInterval.TotalSeconds);

    // Nobody follows a face that was overlooked, so an empty picture is searched again twice as soon.
    private readonly double _longestEmpty = Math.Max(options.WholeFrameInterval.TotalSeconds, options.QuietInterval.TotalSeconds / 2);
    private readonly DetectedFace[] _known = new DetectedFace[options.MaxFaces];
    private readonly DetectedFace[] _followed = new DetectedFace[options.MaxFaces];
    private int _knownCount;
    private double _wholeAt = double.NegativeInfinity;
    private double _lookedAt = double.NegativeInfinity;
    private bool _isSettled;

    /// <summary>The ids of faces that have been gone for too long.</summary>
    public ReadOnlySpan<int> Ended => _tracker.Ended;

    public TrackerSnapshot Save() => _tracker.Save();

    /// <summary>Goes on with another server's faces, and begins with a search of everything.</summary>
    public void Load(TrackerSnapshot saved) => _tracker.Load(saved);

    /// <summary>The faces of the next frame, taken at a time in seconds.</summary>
    /// <param name="share">How many frames of the session a full server can measure a second.</param>
    public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image, double at, double share = double.PositiveInfinity)
    {
        if (_knownCount == 0 ? IsStillEmpty(image, at) : !IsDue(image, at, share) && TryFollow(detector, image))
        {
            return Remember(_tracker.Update(_followed.AsSpan(0, _knownCount), at));
        }

        (_wholeAt, _lookedAt) = (at, at);
        _scene.Remember(image);
        var faces = _tracker.Update(detector.Detect(image), at);
        // A face that is not believed yet, or that is missed for the moment, is looked for again soon.
        _isSettled = _tracker.SeesAll;
        return Remember(faces);
    }

    /// <summary>Whether it is time to search everything. Written so that NaN leads to a search.</summary>
    private bool IsDue(GrayImage image, double at, double share)
    {
        if (at - _lookedAt < Math.Max(_interval, Math.Min(FramesPerSearch / share, LongestWait)))
        {
            return false;
        }

        _lookedAt = at;
        return !_isSettled || !(at - _wholeAt < _longest) || _scene.HasChanged(image, _known.AsSpan(0, _knownCount));
    }

    /// <summary>Whether nothing has come into a picture in which nobody was. NaN leads to a search here too.</summary>
    private bool IsStillEmpty(GrayImage image, double at) => _isSettled && at - _wholeAt < _longestEmpty && !_scene.HasChanged(image, []);

    private bool TryFollow(FaceDetector detector, GrayImage image)
    {
        for (var i = 0; i < _knownCount; i++)
        {
            if (!detector.TryFollow(image, _known[i], out _followed[i]))
            {
                return false;
            }
        }

        return !AnyTwoAreOne();
    }

    /// <summary>Of two faces near each other, both may have been found in one place.</summary>
    private bool AnyTwoAreOne()
    {
        for (var i = 1; i < _knownCount; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (_followed[i].Box.Overlap(_followed[j].Box) > options.MaxOverlap)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private ReadOnlySpan<TrackedFace> Remember(ReadOnlySpan<TrackedFace> faces)
    {
        _knownCount = faces.Length;
        for (var i = 0; i < _knownCount; i++)
        {
            _known[i] = faces[i].Face;
        }

        return faces;
    }
}
