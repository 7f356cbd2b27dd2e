using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>Finds the faces in a grey picture.</summary>
/// <remarks>Owned by one worker; not thread-safe. What it returns is overwritten by the next picture.</remarks>
internal sealed class FaceDetector : IDisposable
{
    // Cameras deliver one size and turn now and then; a client that changes its size with every frame only pays with time.
    private const int MaxSizes = 4;

    // A face that moved by half its width from one frame to the next still overlaps by a third; less is somebody else, or gone.
    private const float LeastOverlap = 0.25f;

    // No face holds another: of two boxes with so much of the smaller in the larger, the weaker is the same face at a wrong size.
    private const float MostNesting = 0.9f;

    private readonly FaceDetectorModel _model;
    private readonly FaceWindows _windows = new();
    private readonly float _squaredThreshold;
    private readonly float _maxOverlap;

    // Most recently used first.
    private readonly List<DetectorInput> _sizes = new(MaxSizes);
    private readonly DetectedFace[] _faces;
    private readonly SeenFace[] _seen;
    private Candidate[] _candidates = [];
    private float[] _order = [];
    private int _found;

    public FaceDetector(FaceDetectorModel model, VisionOptions options)
    {
        _model = model;
        _squaredThreshold = (float)(options.DetectionThreshold * options.DetectionThreshold);
        _maxOverlap = (float)options.MaxOverlap;
        _faces = new DetectedFace[options.MaxFaces];
        _seen = new SeenFace[options.MaxFaces];
    }

    /// <summary>How many input sizes have memory of their own at the moment.</summary>
    public int Sizes => _sizes.Count;

    /// <summary>The faces found, best first, in pixels of <paramref name="image"/>.</summary>
    public ReadOnlySpan<DetectedFace> Detect(GreyImage image)
    {
        Search(image);
        return _faces.AsSpan(0, _found);
    }

    /// <summary>Looks for a known face near the box it was last seen in; false when it is not clearly there.</summary>
    /// <remarks>Costs a fifth of a whole picture of 320x256 (see FaceWindow), so it pays for up to three faces.</remarks>
    public bool TryFollow(GreyImage image, in FaceBox last, out DetectedFace face)
    {
        var window = _windows.Cut(image, last);
        Search(window.Image);
        face = default;
        var closest = LeastOverlap;
        foreach (ref readonly var found in _faces.AsSpan(0, _found))
        {
            var candidate = window.InPicture(found);
            if (candidate.Box.Overlap(last) is var overlap && overlap > closest)
            {
                (face, closest) = (candidate, overlap);
            }
        }

        return closest > LeastOverlap;
    }

    public void Dispose()
    {
        foreach (var size in _sizes)
        {
            size.Dispose();
        }

        _sizes.Clear();
    }

    private void Search(GreyImage image)
    {
        var input = InputFor(image);
        input.Fill(image);
        input.Run();
        _found = Suppress(Gather(input));
    }

    private DetectorInput InputFor(GreyImage image)
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
                if (score >= _squaredThreshold)
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
