using System.Globalization;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Learning;

/// <summary>Decides whether a new head may replace the active one, and if not, says why.</summary>
/// <param name="minPeople">Who must have contributed held-out corrections, at least.</param>
internal sealed class PromotionGate(ReplaySet replay, EmotionHead shipped, int minPeople)
{
    /// <summary>What may be lost of the accuracy on the replay set's held-out faces, against the shipped head.</summary>
    public const double MayLose = 0.005;

    /// <summary>Fewer held-out corrections than this show nothing.</summary>
    public const int MinHeldOut = 8;

    /// <summary>The longest step from the shipped head toward the fitted one that loses no more than <see cref="MayLose"/>.</summary>
    /// <remarks>How far it can be depends on the emotion model and on the corrections. It is chosen on the faces that the gate judges by too, of
    /// ten lengths, which flatters it little; FER+ Test stays apart (tests/EmotionStream.Tests/Learning/FerPlusLearningTests.cs).</remarks>
    public EmotionHead Shorten(EmotionHead fitted)
    {
        var lengths = Enumerable.Range(1, 10).Reverse().Select(tenths => shipped.Toward(fitted, tenths / 10f)).ToList();
        return lengths.Find(head => Loss(head) <= MayLose) ?? lengths[^1];
    }

    /// <summary>Null where the candidate may be promoted.</summary>
    public string? Refuse(EmotionHead candidate, EmotionHead active, IReadOnlyList<LabeledFace> heldOut)
    {
        var people = heldOut.Select(face => face.Contributor).Distinct().ToList();
        if (heldOut.Count < MinHeldOut)
        {
            return $"Only {heldOut.Count} corrections are held out to judge by; {MinHeldOut} are needed.";
        }

        if (people.Count < minPeople)
        {
            return $"The corrections to judge by come from {people.Count} people; {minPeople} are needed, so that no single person moves the model.";
        }

        var (lost, gained) = (Loss(candidate), Gain(heldOut));
        if (lost > MayLose)
        {
            return $"It is {Points(lost)} worse on the replay set; at most {Points(MayLose)} may be lost.";
        }

        if (gained <= 0)
        {
            return $"It is not better on the held-out corrections ({Points(gained)}).";
        }

        // The gain must not depend on one person's corrections, however many.
        var weakest = people.Min(person => Gain([.. heldOut.Where(face => face.Contributor != person)]));
        return weakest > 0 ? null : "Without one person's corrections it is not better on those of the others.";

        double Gain(IReadOnlyList<LabeledFace> faces) => HeadEvaluation.WeighedAccuracy(candidate, faces) - HeadEvaluation.WeighedAccuracy(active, faces);
    }

    private double Loss(EmotionHead candidate) =>
        HeadEvaluation.Figures(shipped, replay.HeldOut, replay.HeldOutLabels).Accuracy - HeadEvaluation.Figures(candidate, replay.HeldOut, replay.HeldOutLabels).Accuracy;

    private static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} points");
}
