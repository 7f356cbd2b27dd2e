using System.IO.Compression;
using System.Numerics;
using System.Text.Json;
using EmotionStream.Faces;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>A folder of pictures with known faces: labels.jsonl, images.zip, negatives.zip.</summary>
internal sealed class FaceData : IDisposable
{
    private const string Labels = "labels.jsonl";

    private readonly ZipArchive _images;
    private readonly ZipArchive _negatives;

    private FaceData(ZipArchive images, ZipArchive negatives, AnnotatedPicture[] pictures) =>
        (_images, _negatives, Pictures) = (images, negatives, pictures);

    public IReadOnlyList<AnnotatedPicture> Pictures { get; }

    /// <summary>Opens one split, such as test.</summary>
    public static FaceData Open(string folder, string split)
    {
        foreach (var file in (string[])[Labels, "images.zip", "negatives.zip"])
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                throw new EvaluationException($"There is no file {Path.Combine(folder, file)}.");
            }
        }

        try
        {
            var (images, negatives) = (ZipFile.OpenRead(Path.Combine(folder, "images.zip")), ZipFile.OpenRead(Path.Combine(folder, "negatives.zip")));
            AnnotatedPicture[] pictures = [.. WithFaces(Path.Combine(folder, Labels), split, images), .. WithoutFaces(negatives, split)];
            return pictures.Length > 0
                ? new FaceData(images, negatives, pictures)
                : throw new EvaluationException($"{folder} has no picture in the split '{split}'.");
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or JsonException)
        {
            throw new EvaluationException($"The face data in {folder} can't be read: {problem.Message}", problem);
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _negatives.Dispose();
    }

    private static IEnumerable<AnnotatedPicture> WithFaces(string labels, string split, ZipArchive images) =>
        File.ReadLines(labels)
            .Select(line => JsonSerializer.Deserialize<PictureLine>(line, JsonSerializerOptions.Web)!)
            .Where(line => line.Split == split)
            .Select(line => new AnnotatedPicture(
                line.Source,
                images.GetEntry(line.File) ?? throw new EvaluationException($"{Labels} names {line.File}, which is not in images.zip."),
                [.. line.Faces.Select(face => face.ToAnnotated(line.Boxes == "human", line.Points == "human"))]));

    private static IEnumerable<AnnotatedPicture> WithoutFaces(ZipArchive negatives, string split) =>
        negatives.Entries
            .Where(entry => entry.FullName.StartsWith(split + "/", StringComparison.Ordinal) && entry.Name.EndsWith(".jpg", StringComparison.Ordinal))
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .Select(entry => new AnnotatedPicture("negative", entry, []));

    /// <summary>One line of the labels.</summary>
    private sealed record PictureLine(string File, string Split, string Source, string Boxes, string? Points, FaceLine[] Faces);

    /// <summary>One face of such a line.</summary>
    private sealed record FaceLine(float[] Box, double? Score, float[]? Points, string? Label)
    {
        public AnnotatedFace ToAnnotated(bool boxByPeople, bool pointsByPeople) => new(
            new FaceBox(Box[0], Box[1], Box[2], Box[3]),
            boxByPeople ? 1 : Score ?? 0,
            pointsByPeople && Points is { Length: 10 } ? [.. Points.Chunk(2).Select(point => new Vector2(point[0], point[1]))] : null,
            Label);
    }
}
