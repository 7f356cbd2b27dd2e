using EmotionStream.Faces;
using EmotionStream.Faces.Tracking;
using FsCheck;
using FsCheck.Fluent;

namespace EmotionStream.Tests.Vision;

/// <summary>What holds for every stream of faces and times, however absurd.</summary>
public class FaceTrackerPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<float> Place = Gen.Choose(0, 3_200_000).Select(place => place / 10_000f);

    private static readonly Gen<DetectedFace> Face =
        from x in Place
        from y in Place
        from side in Gen.Choose(200_000, 1_000_000).Select(side => side / 10_000f)
        from score in Gen.Choose(600, 1000).Select(score => score / 1000f)
        select new DetectedFace(new FaceBox(x, y, side, side), null, score);

    private static readonly Gen<DetectedFace> AbsurdFace =
        from sides in Gen.ArrayOf(Gen.Elements(0f, -5f, 1e-30f, 60f, 1e30f, float.NaN, float.PositiveInfinity), 4)
        from score in Gen.Elements(0f, 0.65f, 1f, float.NaN)
        select new DetectedFace(new FaceBox(sides[0], sides[1], sides[2], sides[3]), null, score);

    [Fact]
    public void Update_AnyStream_GivesEachFaceAnIdOfItsOwn_ThatNeverComesBack()
    {
        var pause = Gen.Elements(1 / 15.0, 0.3, 2, 0, -1, double.NaN, double.PositiveInfinity);
        var frame = from wait in pause from faces in Gen.Frequency((9, Face), (1, AbsurdFace)).ListOf() select (Wait: wait, Faces: faces.ToArray());

        Check.One(Thorough, Prop.ForAll(frame.ListOf().ToArbitrary(), stream =>
        {
            var options = new VisionOptions { MaxFaces = 5 };
            var tracker = new FaceTracker(options);
            var (at, known, ended) = (0.0, new HashSet<int>(), new HashSet<int>());
            foreach (var (wait, faces) in stream)
            {
                at = double.IsFinite(wait) ? at + wait : wait;
                var found = tracker.Update(faces, at).ToArray();

                Assert.All(tracker.Ended.ToArray(), id => Assert.True(known.Contains(id) && ended.Add(id)));
                Assert.InRange(found.Length, 0, options.MaxFaces);
                Assert.Equal(found.Length, found.Select(face => face.Id).Distinct().Count());
                Assert.All(found, face => Assert.True(face is { Id: > 0, Age: >= 0, Elapsed: >= 0 } && float.IsFinite(face.Face.Box.Area)));
                Assert.DoesNotContain(found, face => ended.Contains(face.Id));
                known.UnionWith(found.Select(face => face.Id));
                at = double.IsFinite(at) ? at : 0;
            }
        }));
    }

    [Fact]
    public void Update_FacesInAnotherOrder_AreTheSamePeople()
    {
        // So few that no track is ever dropped for want of room.
        var stream = Face.ListOf(3).ListOf(6).ToArbitrary();

        Check.One(Thorough, Prop.ForAll(stream, frames =>
        {
            var (forward, backward) = (new FaceTracker(new VisionOptions()), new FaceTracker(new VisionOptions()));
            var sameAs = new Dictionary<int, int>();
            for (var i = 0; i < frames.Count; i++)
            {
                var one = forward.Update(frames[i].ToArray(), i / 15.0).ToArray();
                var other = backward.Update(Enumerable.Reverse(frames[i]).ToArray(), i / 15.0).ToArray().ToDictionary(face => face.Face.Box, face => face.Id);

                Assert.Equal(other.Count, one.Length);
                Assert.All(one, face => Assert.Equal(sameAs.TryGetValue(face.Id, out var id) ? id : sameAs[face.Id] = other[face.Face.Box], other[face.Face.Box]));
                Assert.Equal(sameAs.Count, sameAs.Values.Distinct().Count());
            }
        }));
    }

    [Fact]
    public void Overlap_OfAnyTwoBoxes_IsTheSameBothWays_AndNeverMoreThanTheirNesting()
    {
        var two = (from one in Face from other in Face select (one.Box, Other: other.Box)).ToArbitrary();

        Check.One(Thorough, Prop.ForAll(two, boxes =>
        {
            var (box, other) = boxes;
            var moved = (One: box with { X = box.X + 32, Y = box.Y - 8 }, Other: other with { X = other.X + 32, Y = other.Y - 8 });

            Assert.InRange(box.Overlap(other), 0, 1);
            Assert.Equal(box.Overlap(other), other.Overlap(box));
            Assert.Equal(1, box.Overlap(box), 1e-4f);
            Assert.True(box.Nesting(other) >= box.Overlap(other) - 1e-4f);
            Assert.Equal(box.Overlap(other), moved.One.Overlap(moved.Other), 1e-3f);
        }));
    }
}
