using EmotionStream.Faces.Decoding;

namespace EmotionStream.Faces.Detection;

/// <summary>Finds the faces in a gray picture.</summary>
/// <remarks>Owned by one worker; not thread-safe. What it returns is overwritten by the next picture.</remarks>
internal sealed class FaceDetector : IDisposable
{
    // Cameras deliver one size and turn now and then; a client that changes its size with every frame only pays with time.
    private const int MaxSizes = 4;

    // A face that moved by half its width from one frame to the next still overlaps by a third; less is somebody else, or gone.
    private const float LeastOverlap = 0.25f;

    // Below this a face is looked at twice: with pans of 25 pixels a frame, boxes then change their size by 0.4 instead of 1.7% from frame to frame.
    private const float NearBy = 0.7f;

    // How sure the second look must be of a known face.
    private const float LeastSure = 0.5f;

    // So many finds of the detector may be looked at again for each face that is wanted.
    private const int FindsPerFace = 2;

    // No face holds another: of two boxes with so much of the smaller in the larger, the weaker is the same face at a wrong size.
    private const float MostNesting = 0.9f;

    private readonly FaceDetectorModel _model;
    private readonly CloseLook? _close;
    private readonly float _threshold;
    private readonly float _leastFirst;
    private readonly float _maxOverlap;
    private readonly int _mostFaces;

    // Most recently used first.
    private readonly List<DetectorInput> _sizes = new(MaxSizes);
    private readonly DetectedFace[] _faces;
    private readonly SeenFace[] _seen;
    private Candidate[] _candidates = [];
    private float[] _order = [];

    public FaceDetector(FaceDetectorModel model, VisionOptions options)
    {
        _model = model;
        _close = model.Close is { } close ? new CloseLook(close) : null;
        _threshold = (float)options.DetectionThreshold;

        // The mean of both looks can only be above the threshold where the first one is above its square.
        _leastFirst = _close is null ? _threshold : _threshold * _threshold;
        _maxOverlap = (float)options.MaxOverlap;
        _mostFaces = options.MaxFaces;
        var finds = _close is null ? _mostFaces : FindsPerFace * _mostFaces;
        _faces = new DetectedFace[finds];
        _seen = new SeenFace[finds];
    }

    /// <summary>How often a whole picture was searched.</summary>
    public int Searches { get; private set; }

    /// <summary>How many input sizes have memory of their own at the moment.</summary>
    public int Sizes => _sizes.Count;

    /// <summary>The faces found, best first, in pixels of <paramref name="image"/>.</summary>
    public ReadOnlySpan<DetectedFace> Detect(GrayImage image)
    {
        Searches++;
        var input = InputFor(image);
        input.Fill(image);
        input.Run();
        var found = Suppress(Gather(input));
        if (_close is not null)
        {
            found = LookCloser(image, _close, _faces.AsSpan(0, found));
        }

        return _faces.AsSpan(0, Math.Min(found, _mostFaces));
    }

    /// <summary>Looks for a known face about where it was last seen; false when it is not clearly there, or nothing was made to look so.</summary>
    public bool TryFollow(GrayImage image, in DetectedFace last, out DetectedFace face)
    {
        face = default;
        if (_close is null)
        {
            return false;
        }

        face = _close.At(image, last);
        if (IsFollowed(face, last) && face.Box.Overlap(last.Box) < NearBy)
        {
            // A face that moved far is seen at the close-up's edge; looked at once more, it is in the middle.
            face = _close.At(image, face);
        }

        return IsFollowed(face, last);
    }

    public void Dispose()
    {
        _close?.Dispose();
        foreach (var size in _sizes)
        {
            size.Dispose();
        }

        _sizes.Clear();
    }

    private static bool IsFollowed(in DetectedFace face, in DetectedFace last) => face.Score >= LeastSure && face.Box.Overlap(last.Box) > LeastOverlap;

    /// <summary>Looks at every find once more: its score is the geometric mean of both looks, its place is where the second one saw it.</summary>
    /// <remarks>
    /// Always the second one's: what the detector takes for a huge face over chin and shoulder shows the second look the true face, so it
    /// becomes a duplicate of that face and is dropped as such.
    /// </remarks>
    private int LookCloser(GrayImage image, CloseLook close, Span<DetectedFace> found)
    {
        foreach (ref var face in found)
        {
            var near = close.At(image, face);
            face = near with { Score = MathF.Sqrt(face.Score * near.Score) };
        }

        found.Sort(static (one, other) => other.Score.CompareTo(one.Score));
        var kept = 0;
        foreach (var face in found)
        {
            if (face.Score >= _threshold && !LiesOnABetter(face.Box, kept))
            {
                _faces[kept++] = face;
            }
        }

        return kept;
    }

    private bool LiesOnABetter(in FaceBox box, int kept)
    {
        foreach (ref readonly var better in _faces.AsSpan(0, kept))
        {
            if (box.Overlap(better.Box) > _maxOverlap)
            {
                return true;
            }
        }

        return false;
    }

    private DetectorInput InputFor(GrayImage image)
    {
        var (width, height) = (RoundUp(image.Width), RoundUp(image.Height));
        var index = 0;
        while (index < _sizes.Count && (_sizes[index].Width != width || _sizes[index].Height != height))
        {
            index++;
        }

        if (index == 0 && _sizes.Count > 0)
        {
            return _sizes[0];
        }

        if (index == _sizes.Count)
        {
            index = Add(width, height);
        }

        var input = _sizes[index];
        _sizes.RemoveAt(index);
        _sizes.Insert(0, input);
        return input;
    }

    /// <summary>Allocates for a new size, in the place of the one unused for longest when there are too many.</summary>
    private int Add(int width, int height)
    {
        if (_sizes.Count == MaxSizes)
        {
            _sizes[^1].Dispose();
            _sizes.RemoveAt(MaxSizes - 1);
        }

        _sizes.Add(new DetectorInput(_model, width, height));
        return _sizes.Count - 1;
    }

    /// <summary>Lists the cells that are sure enough, before anything else is computed for them.</summary>
    private int Gather(DetectorInput input)
    {
        Reserve(input);
        var count = 0;
        foreach (var level in input.Levels)
        {
            for (var cell = 0; cell < level.Cells; cell++)
            {
                var score = level.SquaredScore(cell);
                if (score >= _leastFirst * _leastFirst)
                {
                    // Negated, since sorting puts the least first.
                    _order[count] = -score;
                    _candidates[count++] = new Candidate(level, cell);
                }
            }
        }

        return count;
    }

    private void Reserve(DetectorInput input)
    {
        var cells = 0;
        foreach (var level in input.Levels)
        {
            cells += level.Cells;
        }

        if (_candidates.Length < cells)
        {
            (_candidates, _order) = (new Candidate[cells], new float[cells]);
        }
    }

    /// <summary>Keeps, best first, the faces that do not overlap a better one, each where all of its cells see it in the mean.</summary>
    private int Suppress(int count)
    {
        _order.AsSpan(0, count).Sort(_candidates.AsSpan(0, count));
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var (level, cell) = _candidates[i];
            var (box, score) = (level.Box(cell), MathF.Sqrt(-_order[i]));
            if (!float.IsFinite(box.Area) || !float.IsFinite(box.X + box.Y))
            {
                continue;
            }

            if (Better(box, kept) is var better and >= 0)
            {
                _seen[better].Hear(box, level.Points(cell), score);
            }
            else if (kept < _seen.Length)
            {
                _seen[kept++] = new SeenFace(box, level.Points(cell), score);
            }
        }

        for (var i = 0; i < kept; i++)
        {
            _faces[i] = _seen[i].Mean;
        }

        return kept;
    }

    /// <summary>The number of the better face that a box is another view of, or -1.</summary>
    private int Better(in FaceBox box, int kept)
    {
        for (var i = 0; i < kept; i++)
        {
            if (box.Overlap(_seen[i].Surest) > _maxOverlap || box.Nesting(_seen[i].Surest) > MostNesting)
            {
                return i;
            }
        }

        return -1;
    }

    private static int RoundUp(int side) =>
        (side + FaceDetectorModel.SideMultiple - 1) / FaceDetectorModel.SideMultiple * FaceDetectorModel.SideMultiple;

    /// <summary>A cell that may hold a face.</summary>
    private readonly record struct Candidate(DetectorLevel Level, int Cell);
}
