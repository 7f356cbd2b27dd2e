using System.Text;
using EmotionStream.Api.Pictures;
using EmotionStream.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace EmotionStream.Tests.Api;

/// <summary>Whatever bytes come as a request, they are read or refused, never a fault of the server.</summary>
public class AnalyzeRequestPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Parse_OfSpoiledJson_ReadsOrRefuses() => Check.One(Thorough, Prop.ForAll(
        Spoiled("""{"img": ["data:image\/jpeg;base64,AAAA", "http://example.org/a.jpg"], "actions": ["emotion"], "enforce_detection": false, "align": null, "x": {"y": [1e9]}}"""),
        bytes => ReadOrRefused(bytes, () => AnalyzeRequest.Parse(bytes))));

    [Fact]
    public void ParseForm_OfSpoiledPairs_ReadsOrRefuses() => Check.One(Thorough, Prop.ForAll(
        Spoiled("img=data%3Aimage%2Fjpeg%3Bbase64%2CAAAA&actions=['emotion']&enforce_detection=False&detector_backend=skip&=&x"),
        bytes => ReadOrRefused(bytes, () => AnalyzeRequest.ParseForm(bytes, "img"))));

    /// <summary>A good request with a few bytes changed, put in, or everything behind a place cut off.</summary>
    private static Arbitrary<byte[]> Spoiled(string good)
    {
        var bytes = Encoding.UTF8.GetBytes(good);
        var any = Gen.Frequency((1, Gen.Choose(0, 255).Select(value => (byte)value)), (1, Gen.Elements("{}[]\",:\\%&=u0e-"u8.ToArray())));
        var change = from place in Gen.Choose(0, bytes.Length - 1) from kind in Gen.Choose(0, 5) from value in any select (place, kind, value);
        return change.NonEmptyListOf().Select(changes => changes.Aggregate(bytes, (now, next) => next.kind switch
        {
            _ when next.place >= now.Length => now,
            0 => now[..next.place],
            < 3 => [.. now[..next.place], next.value, .. now[next.place..]],
            _ => [.. now[..next.place], next.value, .. now[(next.place + 1)..]],
        })).ToArbitrary();
    }

    private static void ReadOrRefused(byte[] bytes, Func<AnalyzeRequest> parse)
    {
        try
        {
            var request = parse();
            Assert.All(request.Images, image => Assert.InRange(image.Length, 0, bytes.Length));
            request.Check();
        }
        catch (RefusedException problem)
        {
            Assert.Equal(400, problem.Refusal.Status);
        }
    }
}
