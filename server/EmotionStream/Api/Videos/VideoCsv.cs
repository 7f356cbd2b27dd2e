using System.Globalization;
using System.Text;
using EmotionStream.Contracts;

namespace EmotionStream.Api.Videos;

/// <summary>Writes a clip's time line as a table, a row for each face of each picture.</summary>
internal static class VideoCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static string Of(IReadOnlyList<VideoFrame> frames)
    {
        var csv = new StringBuilder("seconds,face,x,y,width,height,confidence,dominant,certainty,valence,arousal,");
        csv.AppendJoin(',', EmotionLabels.All).Append("\r\n");
        foreach (var frame in frames)
        {
            foreach (var face in frame.Faces)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{frame.Seconds:0.###},{face.Id},");
                Append(csv, face.Box).Append(',');
                csv.Append(CultureInfo.InvariantCulture, $"{face.Confidence:0.####},{face.Dominant},{face.Certainty:0.####},{face.Valence:0.####},{face.Arousal:0.####},");
                Append(csv, face.Emotions).Append("\r\n");
            }
        }

        return csv.ToString();
    }

    private static StringBuilder Append(StringBuilder csv, float[] numbers) =>
        csv.AppendJoin(',', numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)));
}
