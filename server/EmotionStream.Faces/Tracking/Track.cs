namespace EmotionStream.Faces.Tracking;

/// <summary>What is known of one face between frames: where it is, where it is going, and since when.</summary>
internal sealed class Track
{
    // A face hidden for longer than this is as likely to have stopped or turned as to have kept its pace.
    private const double LongestCoast = 0.7;

    // How far, in face sizes, a face may be from where it is expected: some four times the root of these. The first allows
    // for sudden moves (0.8 sizes in one frame), the second keeps a long unseen face from claiming one far off (2 sizes).
    private const double SuddenVariance = 0.2 * 0.2;
    private const double MostVariance = 0.6 * 0.6;

    // The logarithm of the ratio of two sizes of the same face, one frame or one occlusion apart.
    private const double SizeDeviation = 0.25;

    private ConstantVelocity _motion;
    private double _firstSeen;
    private double _lastSeen;
    private DetectedFace _face;

    /// <summary>The id given out for this face; 0 until it is believed.</summary>
    public int Id { get; private set; }

    /// <summary>This frame's answer, valid when the face was seen in it and is believed.</summary>
    public TrackedFace Current { get; private set; }

    /// <summary>Whether the face is in the frame at hand.</summary>
    public bool Seen { get; private set; }

    public double UnseenFor(double now) => now - _lastSeen;

    public void Begin(in DetectedFace face, double now)
    {
        (Id, Seen) = (0, true);
        _face = face;
        _motion = new ConstantVelocity(face.Box.CenterX, face.Box.CenterY);
        _firstSeen = _lastSeen = now;
    }

    /// <summary>Goes on with a face that another server followed.</summary>
    /// <exception cref="FormatException">The snapshot is none of a track.</exception>
    public void Begin(TrackSnapshot saved)
    {
        (Id, Seen) = (saved.Id, false);
        _face = DetectedFace.Load(saved.Face);
        _motion = new ConstantVelocity(saved.Motion);
        (_firstSeen, _lastSeen) = (saved.FirstSeen, saved.LastSeen);
    }

    public TrackSnapshot Save() => new(Id, _firstSeen, _lastSeen, _motion.Save(), _face.Save());

    /// <summary>Believes the face from now on.</summary>
    public void Confirm(int id, double now)
    {
        Id = id;
        _firstSeen = now;
        Current = new TrackedFace(id, _face, Age: 0, Elapsed: 0);
    }

    /// <summary>Moves the expectation on to <paramref name="now"/>.</summary>
    public void Predict(double now, double elapsed)
    {
        Seen = false;
        if (UnseenFor(now) > LongestCoast)
        {
            _motion.Stop();
        }

        _motion.Predict(elapsed);
    }

    public void See(in DetectedFace face, double now)
    {
        Seen = true;
        _motion.Correct(face.Box.CenterX, face.Box.CenterY);
        _face = Steadier.Steady(_face, face);
        Current = new TrackedFace(Id, _face, now - _firstSeen, now - _lastSeen);
        _lastSeen = now;
    }

    /// <summary>How ill a detection fits, as a sum of squared deviations; 16 is four deviations off.</summary>
    /// <remarks>
    /// Being vague has its price, as in a Gaussian's likelihood: where two faces have merged into one detection, it goes on
    /// belonging to the one that was seen last, while the hidden one keeps the speed by which it is told apart afterwards.
    /// </remarks>
    public double Misfit(in DetectedFace face)
    {
        double dx = face.Box.CenterX - _motion.X, dy = face.Box.CenterY - _motion.Y;
        double area = face.Box.Area, ownArea = _face.Box.Area;
        var variance = Math.Min(_motion.Variance + SuddenVariance, MostVariance);
        var growth = Math.Log(area / ownArea) / 2 / SizeDeviation;
        var vagueness = 2 * Math.Log(variance / SuddenVariance);
        return (((dx * dx) + (dy * dy)) / (Math.Sqrt(area * ownArea) * variance)) + vagueness + (growth * growth);
    }
}
