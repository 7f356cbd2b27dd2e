namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>A row of the table: pictures of some sources, and which of their faces are to be found.</summary>
/// <param name="Low">Faces from this size in pixels,</param>
/// <param name="High">and below this one.</param>
internal sealed record FaceGroup(string Name, string[] Sources, double Low = 0, double High = double.PositiveInfinity, string? Kind = null)
{
    // Boxes that the teacher drew count where it was sure (README of the data).
    private const double SureScore = 0.7;

    private const string ByPeople = "crowd (people's boxes)";
    private const string ByTeacher = "YuNet's sure boxes";
    private static readonly string[] Crowd = ["crowd"];
    private static readonly string[] Taught = ["street", "portrait", "head"];

    public static IReadOnlyList<FaceGroup> All { get; } =
    [
        new($"{ByPeople}, all", Crowd),
        new($"{ByPeople}, 32 px and more", Crowd, 32),
        new($"{ByPeople}, 32 px and more, no mask", Crowd, 32, Kind: "without_mask"),
        .. Sizes(ByPeople, Crowd),
        .. Taught.Select(source => new FaceGroup($"{source} ({ByTeacher})", [source])),
        .. Sizes($"street, portrait, head ({ByTeacher})", Taught),
    ];

    public DetectionOutcome Measure(IReadOnlyList<DetectedPicture> results)
    {
        var outcome = new DetectionOutcome();
        foreach (var (picture, found) in results.Where(result => Sources.Contains(result.Picture.Source)))
        {
            outcome.Add(found, [.. picture.Faces.Select(face => face.Box)], [.. picture.Faces.Select(Counts)], Low, High);
        }

        return outcome;
    }

    private static FaceGroup[] Sizes(string name, string[] sources) =>
    [
        new($"{name}, 24 to 32 px", sources, 24, 32),
        new($"{name}, 32 to 64 px", sources, 32, 64),
        new($"{name}, 64 to 128 px", sources, 64, 128),
        new($"{name}, 128 px and more", sources, 128),
    ];

    private bool Counts(AnnotatedFace face) =>
        face.Score >= SureScore && face.Side >= Low && face.Side < High && (Kind is null || face.Kind == Kind);
}
