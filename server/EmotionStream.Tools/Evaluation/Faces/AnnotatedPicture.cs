using System.IO.Compression;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>A picture in its zip file and the faces in it; `Source` is street, crowd, portrait, head or negative.</summary>
internal sealed record AnnotatedPicture(string Source, ZipArchiveEntry File, AnnotatedFace[] Faces);
