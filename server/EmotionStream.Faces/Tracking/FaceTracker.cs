namespace EmotionStream.Faces.Tracking;

/// <summary>Gives the faces of one session ids that last through motion, short occlusion and crossing.</summary>
/// <remarks>
/// Belongs to one session, whose frames arrive one at a time; not thread-safe. What it returns is overwritten by the next update.
/// A face that is looked for where its speed has taken it is told from one that crosses its way; the pairing is the best of
/// all faces together, so that two faces close to each other can't swap because the first chose greedily.
/// </remarks>
internal sealed class FaceTracker
{
    // A detection further than four deviations from where a track is expected starts a new one (see Track.Misfit).
    private const double MostMisfit = 16;

    private readonly double _idle;
    private readonly double _confirmScore;
    private readonly int _maxFaces;

    // Twice as many as faces: all that are in view, and as many that are hidden. The first _count are alive, the others wait to be reused.
    private readonly Track[] _tracks;
    private readonly Assignment _assignment;
    private readonly double[] _costs;
    private readonly int[] _trackOfFace;
    private readonly DetectedFace[] _faces;
    private readonly TrackedFace[] _current;
    private readonly int[] _ended;
    private int _count;
    private int _endedCount;
    private int _lastId;
    private double _lastAt = double.NaN;
    private double _now;

    public FaceTracker(VisionOptions options)
    {
        _idle = options.TrackIdle.TotalSeconds;
        _confirmScore = options.ConfirmScore;
        _maxFaces = options.MaxFaces;
        _tracks = new Track[2 * _maxFaces];
        for (var i = 0; i < _tracks.Length; i++)
        {
            _tracks[i] = new Track();
        }

        // A face may be given any track or stay alone: as many further columns as faces.
        var columns = _tracks.Length + _maxFaces;
        _assignment = new Assignment(_maxFaces, columns);
        _costs = new double[_maxFaces * columns];
        _trackOfFace = new int[_maxFaces];
        _faces = new DetectedFace[_maxFaces];
        _current = new TrackedFace[_maxFaces];
        _ended = new int[_tracks.Length];
    }

    /// <summary>The ids that the last update ended: their faces have been gone for too long and come back as new ones.</summary>
    public ReadOnlySpan<int> Ended => _ended.AsSpan(0, _endedCount);

    /// <summary>Whether the last update has seen every face it knows, and believed every one it has seen.</summary>
    public bool SeesAll { get; private set; }

    public TrackerSnapshot Save() =>
        new(_lastId, _lastAt, _now, [.. _tracks.Take(_count).Where(track => track.Id != 0).Select(track => track.Save())]);

    /// <summary>Goes on where another server's tracker was; only before the first update.</summary>
    /// <exception cref="FormatException">The snapshot is none of a tracker.</exception>
    public void Load(TrackerSnapshot saved)
    {
        if (saved.Tracks.Count > _tracks.Length || saved.Tracks.Any(track => track.Id <= 0 || track.Id > saved.LastId))
        {
            throw new FormatException("These are not the faces of one session.");
        }

        foreach (var track in saved.Tracks)
        {
            _tracks[_count++].Begin(track);
        }

        (_lastId, _lastAt, _now) = (saved.LastId, saved.LastAt, saved.Now);
    }

    /// <summary>Takes in one frame's faces, best first, at a time in seconds, and returns those that are believed.</summary>
    /// <remarks>A time that runs backward or is NaN counts as no time passing.</remarks>
    public ReadOnlySpan<TrackedFace> Update(ReadOnlySpan<DetectedFace> faces, double at)
    {
        _endedCount = 0;
        Advance(at);
        var seen = _faces.AsSpan(0, TakeValid(faces));
        Pair(seen);
        var known = _count;
        for (var i = 0; i < seen.Length; i++)
        {
            if (_trackOfFace[i] < known)
            {
                See(_tracks[_trackOfFace[i]], seen[i]);
            }
        }

        DropUnbelieved();
        for (var i = 0; i < seen.Length; i++)
        {
            if (_trackOfFace[i] >= known)
            {
                Begin(seen[i]);
            }
        }

        return Collect();
    }

    private void Advance(double at)
    {
        var elapsed = double.IsFinite(at) && at > _lastAt ? at - _lastAt : 0;
        _lastAt = double.IsFinite(at) ? at : _lastAt;
        _now += elapsed;
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_tracks[i].UnseenFor(_now) > _idle)
            {
                Drop(i);
            }
            else
            {
                _tracks[i].Predict(_now, elapsed);
            }
        }
    }

    private int TakeValid(ReadOnlySpan<DetectedFace> faces)
    {
        var taken = 0;
        foreach (ref readonly var face in faces)
        {
            var box = face.Box;
            if (taken < _maxFaces && box.Width > 0 && box.Height > 0 && float.IsFinite(box.Area) && float.IsFinite(box.X + box.Y))
            {
                _faces[taken++] = face;
            }
        }

        return taken;
    }

    private void Pair(ReadOnlySpan<DetectedFace> faces)
    {
        var columns = _count + faces.Length;
        for (var i = 0; i < faces.Length; i++)
        {
            var row = _costs.AsSpan(i * columns, columns);
            for (var j = 0; j < _count; j++)
            {
                // Just above the price of standing alone: an impossible pairing is never chosen, and the costs stay finite.
                row[j] = Math.Min(_tracks[j].Misfit(faces[i]), MostMisfit + 1);
            }

            row[_count..].Fill(MostMisfit);
        }

        _assignment.Solve(_costs, faces.Length, columns, _trackOfFace);
    }

    private void See(Track track, in DetectedFace face)
    {
        track.See(face, _now);
        if (track.Id == 0)
        {
            track.Confirm(++_lastId, _now);
        }
    }

    private void Begin(in DetectedFace face)
    {
        if (_count == _tracks.Length)
        {
            DropLongestUnseen();
        }

        var track = _tracks[_count++];
        track.Begin(face, _now);
        if (face.Score >= _confirmScore)
        {
            track.Confirm(++_lastId, _now);
        }
    }

    private ReadOnlySpan<TrackedFace> Collect()
    {
        var count = 0;
        foreach (var track in _tracks.AsSpan(0, _count))
        {
            if (track.Seen && track.Id != 0)
            {
                _current[count++] = track.Current;
            }
        }

        SeesAll = count == _count;
        return _current.AsSpan(0, count);
    }

    private void DropUnbelieved()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_tracks[i].Id == 0 && !_tracks[i].Seen)
            {
                Drop(i);
            }
        }
    }

    private void DropLongestUnseen()
    {
        var longest = 0;
        for (var i = 1; i < _count; i++)
        {
            if (_tracks[longest].Seen || (!_tracks[i].Seen && _tracks[i].UnseenFor(_now) > _tracks[longest].UnseenFor(_now)))
            {
                longest = i;
            }
        }

        Drop(longest);
    }

    private void Drop(int index)
    {
        var track = _tracks[index];
        if (track.Id != 0)
        {
            _ended[_endedCount++] = track.Id;
        }

        // Those behind move up, so that faces keep their order; the dropped one waits at the end.
        Array.Copy(_tracks, index + 1, _tracks, index, _count - index - 1);
        _tracks[--_count] = track;
    }
}
