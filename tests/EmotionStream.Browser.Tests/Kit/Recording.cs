using System.Text.Json;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>The readings that the page exported as JSON.</summary>
internal sealed record Recording(IReadOnlyList<Reading> Readings, int AnswersWithoutAFace)
{
    /// <summary>The expressions in the order in which they became dominant, without repetitions.</summary>
    public IEnumerable<string> Turns =>
        Readings.Where((reading, i) => i == 0 || Readings[i - 1].Dominant != reading.Dominant).Select(reading => reading.Dominant);

    public IEnumerable<string> FaceIds => Readings.Select(reading => reading.FaceId).Distinct();

    public static Recording Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var answers = document.RootElement.GetProperty("answers");
        return new Recording(
        [
            .. from answer in answers.EnumerateArray()
               from face in answer.GetProperty("faces").EnumerateArray()
               select new Reading(
                   answer.GetProperty("time").GetDateTimeOffset(),
                   face.GetProperty("id").GetString()!,
                   face.GetProperty("dominant").GetString()!,
                   face.GetProperty("emotions").EnumerateArray().Sum(share => share.GetDouble())),
        ],
        answers.EnumerateArray().Count(answer => answer.GetProperty("faces").GetArrayLength() == 0));
    }
}

/// <summary>How one face appeared at one moment.</summary>
internal sealed record Reading(DateTimeOffset Time, string FaceId, string Dominant, double SumOfShares);
