using EmotionStream.Feedback;
using EmotionStream.Feedback.Archive;
using static EmotionStream.Tests.Feedback.Archive.MadeArchive;

namespace EmotionStream.Tests.Feedback.Archive;

/// <summary>Kept faces open with their key, in their place, untouched; otherwise they say why not.</summary>
public class FaceSealTests
{
    private static readonly string Key = NewKey();
    private static readonly byte[] Face = Crop();
    private static readonly Correction Given = Correction("one");

    [Fact]
    public void WhatWasSealed_Opens_AndShowsNothingMeanwhile()
    {
        var (first, second) = (Seal(Key).Seal(Given, Face), Seal(Key).Seal(Given, Face));

        Assert.Equal(Face, Seal(Key).Open(Kept(first)).Crop);
        Assert.Equal(-1, first.Bytes.AsSpan().IndexOf(Face.AsSpan(0, 8)));
        Assert.NotEqual(first.Bytes[..12], second.Bytes[..12]);
        Assert.NotEqual(first.Bytes[^2304..], second.Bytes[^2304..]);
        Assert.Equal(first.KeyId, second.KeyId);
        Assert.DoesNotContain(first.KeyId[..6], Key, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKey_OrNone_SaysSo()
    {
        var kept = Kept(Seal(Key).Seal(Given, Face));

        Assert.Equal((null, SealProblem.OtherKey), Seal(NewKey()).Open(kept));
        Assert.Equal((null, SealProblem.NoKey), Seal(null).Open(kept));
        Assert.Equal((null, SealProblem.NoKey), Seal("").Open(kept));
        // Who passes another's for one's own in the database gains nothing.
        var other = Seal(NewKey());
        Assert.Equal((null, SealProblem.Damaged), other.Open(kept with { Sealed = kept.Sealed with { KeyId = other.Seal(Given, Face).KeyId } }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(28)]
    [InlineData(2331)]
    public void OneBitOfAnyPart_Shows(int position)
    {
        var bytes = Seal(Key).Seal(Given, Face).Bytes;
        bytes[position] ^= 1;

        Assert.Equal((null, SealProblem.Damaged), Seal(Key).Open(Kept(new SealedFace(Seal(Key).Seal(Given, Face).KeyId, bytes))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(28)]
    [InlineData(2331)]
    public void WhatWasCutShort_Shows(int length)
    {
        var face = Seal(Key).Seal(Given, Face);

        Assert.Equal((null, SealProblem.Damaged), Seal(Key).Open(Kept(face with { Bytes = face.Bytes[..length] })));
    }

    [Fact]
    public void InAnothersPlace_ItDoesNotOpen()
    {
        var kept = Kept(Seal(Key).Seal(Given, Face));

        Assert.Equal((null, SealProblem.Damaged), Seal(Key).Open(kept with { Correction = "two" }));
        Assert.Equal((null, SealProblem.Damaged), Seal(Key).Open(kept with { Label = 4 }));
        Assert.Equal((null, SealProblem.Damaged), Seal(Key).Open(kept with { Contributor = "bob" }));
        Assert.Equal(Face, Seal(Key).Open(kept).Crop);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("bG9uZ2VyIHRoYW4gdGhpcnR5LXR3byBieXRlcyBvZiBrZXk=")]
    public void AMalformedKey_FailsWithAPlainMessage_ThatDoesNotRepeatIt(string key)
    {
        var result = new ArchiveKeyValidator().Validate(null, new ArchiveOptions { Key = key });

        Assert.True(result.Failed);
        Assert.StartsWith("Archive:Key is no key", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(key, result.FailureMessage, StringComparison.Ordinal);
    }

    private static ArchivedFace Kept(SealedFace face) => new(Given.Id, Given.At, Given.Contributor, Given.Source, Given.Label, Given.Answer, face);
}
