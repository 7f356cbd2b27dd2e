using EmotionStream.Faces;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>All boxes that a detector drew in a set of pictures, each right or wrong, and how many faces there were to find.</summary>
/// <remarks>Defined as in models/training/face/metrics.py, so that the figures can be compared.</remarks>
internal sealed class DetectionOutcome
{
    // The usual share that a box and a face must have in common.
    private const float LeastOverlap = 0.5f;

    private readonly List<(float Score, bool IsRight)> _boxes = [];
    private readonly List<double> _overlaps = [];
    private int _pictures;

    public int Faces { get; private set; }

    /// <summary>How well the boxes of the faces found fit: their mean overlap, intersection over union.</summary>
    public double MeanOverlap => _overlaps.DefaultIfEmpty().Average();

    /// <summary>The area under the curve of precision over recall, precision made monotone.</summary>
    public double AveragePrecision
    {
        get
        {
            var ordered = Ordered();
            double sum = 0, best = 0;
            var right = ordered.Count(box => box.IsRight);
            for (var i = ordered.Length - 1; i >= 0; i--)
            {
                best = Math.Max(best, right / (i + 1.0));
                if (ordered[i].IsRight)
                {
                    sum += best;
                    right--;
                }
            }

            return sum / Math.Max(1, Faces);
        }
    }

    /// <summary>Adds one picture.</summary>
    /// <param name="found">The detector's boxes, best first.</param>
    /// <param name="faces">The faces in the picture.</param>
    /// <param name="counts">Which of them are to be found; finding another is neither right nor wrong.</param>
    /// <param name="low">A wrong box counts from this size on,</param>
    /// <param name="high">and below this one.</param>
    public void Add(ReadOnlySpan<DetectedFace> found, IReadOnlyList<FaceBox> faces, bool[] counts, double low = 0, double high = double.PositiveInfinity)
    {
        _pictures++;
        Faces += counts.Count(isCounted => isCounted);
        var free = Enumerable.Repeat(true, faces.Count).ToArray();
        foreach (var face in found)
        {
            var best = Best(face.Box, faces, i => free[i] && counts[i]) ?? Best(face.Box, faces, i => free[i] && !counts[i]);
            if (best is { } match)
            {
                free[match] = false;
                if (counts[match])
                {
                    _boxes.Add((face.Score, true));
                    _overlaps.Add(face.Box.Overlap(faces[match]));
                }
            }
            else if (Math.Sqrt(Math.Max(0, face.Box.Area)) is var side && side >= low && side < high)
            {
                _boxes.Add((face.Score, false));
            }
        }
    }

    /// <summary>The share of faces found where so many false boxes a picture are allowed.</summary>
    public double RecallAtFalseRate(double rate)
    {
        var (right, wrong) = (0, 0);
        foreach (var (_, isRight) in Ordered())
        {
            wrong += isRight ? 0 : 1;
            if (wrong > rate * _pictures)
            {
                break;
            }

            right += isRight ? 1 : 0;
        }

        return right / (double)Math.Max(1, Faces);
    }

    /// <summary>The share of faces found with at least this score.</summary>
    public double RecallAt(double threshold) => _boxes.Count(box => box.IsRight && box.Score >= threshold) / (double)Math.Max(1, Faces);

    private (float Score, bool IsRight)[] Ordered() => [.. _boxes.OrderByDescending(box => box.Score)];

    private static int? Best(FaceBox box, IReadOnlyList<FaceBox> faces, Func<int, bool> isAllowed)
    {
        int? best = null;
        var most = LeastOverlap;
        for (var i = 0; i < faces.Count; i++)
        {
            var overlap = box.Overlap(faces[i]);
            if (isAllowed(i) && (overlap > most || (best is null && overlap >= most)))
            {
                (best, most) = (i, overlap);
            }
        }

        return best;
    }
}
