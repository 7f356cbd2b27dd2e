using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;

namespace EmotionStream.Faces.Tracking;

/// <summary>Decides for one session's frames where to look: everywhere now and then, near the known faces in between.</summary>
/// <remarks>
/// Belongs to one session, whose frames arrive one at a time; not thread-safe. Whatever is unclear (a face not found where it was, two
/// that have become one, nobody there) leads to a look at the whole frame at once, so following never costs a face.
/// </remarks>
internal sealed class FaceSearch(VisionOptions options)
{
    private readonly FaceTracker _tracker = new(options);
    private readonly double _interval = options.WholeFrameInterval.TotalSeconds;
    private readonly DetectedFace[] _known = new DetectedFace[options.MaxFaces];
    private readonly DetectedFace[] _followed = new DetectedFace[options.MaxFaces];
    private int _knownCount;
    private double _wholeAt = double.NegativeInfinity;

    /// <summary>The ids of faces that have been gone for too long.</summary>
    public ReadOnlySpan<int> Ended => _tracker.Ended;

    /// <summary>The faces of the next frame, taken at a time in seconds.</summary>
    public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GreyImage image, double at)
    {
        // Written so that a time that is no number leads to a look at everything.
        var following = _knownCount > 0 && at - _wholeAt < _interval && TryFollow(detector, image);
        if (!following)
        {
            _wholeAt = at;
        }

        var faces = _tracker.Update(following ? _followed.AsSpan(0, _knownCount) : detector.Detect(image), at);
        Remember(faces);
        return faces;
    }

    private bool TryFollow(FaceDetector detector, GreyImage image)
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

    private void Remember(ReadOnlySpan<TrackedFace> faces)
    {
        _knownCount = faces.Length;
        for (var i = 0; i < _knownCount; i++)
        {
            _known[i] = faces[i].Face;
        }
    }
}
