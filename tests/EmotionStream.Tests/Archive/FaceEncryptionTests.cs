using EmotionStream.Archive;
using EmotionStream.Corrections;
using static EmotionStream.Tests.Archive.MadeArchive;

namespace EmotionStream.Tests.Archive;

/// <summary>Kept faces open with their key, in their place, untouched; otherwise they say why not.</summary>
public class FaceEncryptionTests
{
    private static readonly string Key = NewKey();
    private static readonly byte[] Face = Crop();
    private static readonly Correction Given = Correction("one");

    [Fact]
    public void WhatWasEncrypted_IsRead_AndShowsNothingMeanwhile()
    {
        var (first, second) = (EncryptionWith(Key).Encrypt(Given, Face), EncryptionWith(Key).Encrypt(Given, Face));

        Assert.Equal(Face, EncryptionWith(Key).Decrypt(Kept(first)).Crop);
        Assert.Equal(-1, first.Bytes.AsSpan().IndexOf(Face.AsSpan(0, 8)));
        Assert.NotEqual(first.Bytes[..12], second.Bytes[..12]);
        Assert.NotEqual(first.Bytes[^2304..], second.Bytes[^2304..]);
        Assert.Equal(first.KeyId, second.KeyId);
        Assert.DoesNotContain(first.KeyId[..6], Key, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKey_OrNone_SaysSo()
    {
        var kept = Kept(EncryptionWith(Key).Encrypt(Given, Face));

        Assert.Equal((null, DecryptionProblem.OtherKey), EncryptionWith(NewKey()).Decrypt(kept));
        Assert.Equal((null, DecryptionProblem.NoKey), EncryptionWith(null).Decrypt(kept));
        Assert.Equal((null, DecryptionProblem.NoKey), EncryptionWith("").Decrypt(kept));
        // Who passes another's for one's own in the database gains nothing.
        var other = EncryptionWith(NewKey());
        Assert.Equal((null, DecryptionProblem.Damaged), other.Decrypt(kept with { Encrypted = kept.Encrypted with { KeyId = other.Encrypt(Given, Face).KeyId } }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(28)]
    [InlineData(2331)]
    public void OneBitOfAnyPart_Shows(int position)
    {
        var bytes = EncryptionWith(Key).Encrypt(Given, Face).Bytes;
        bytes[position] ^= 1;

        Assert.Equal((null, DecryptionProblem.Damaged), EncryptionWith(Key).Decrypt(Kept(new EncryptedFace(EncryptionWith(Key).Encrypt(Given, Face).KeyId, bytes))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(28)]
    [InlineData(2331)]
    public void WhatWasCutShort_Shows(int length)
    {
        var face = EncryptionWith(Key).Encrypt(Given, Face);

        Assert.Equal((null, DecryptionProblem.Damaged), EncryptionWith(Key).Decrypt(Kept(face with { Bytes = face.Bytes[..length] })));
    }

    [Fact]
    public void InAnothersPlace_ItDoesNotOpen()
    {
        var kept = Kept(EncryptionWith(Key).Encrypt(Given, Face));

        Assert.Equal((null, DecryptionProblem.Damaged), EncryptionWith(Key).Decrypt(kept with { Correction = "two" }));
        Assert.Equal((null, DecryptionProblem.Damaged), EncryptionWith(Key).Decrypt(kept with { Label = 4 }));
        Assert.Equal((null, DecryptionProblem.Damaged), EncryptionWith(Key).Decrypt(kept with { Contributor = "bob" }));
        Assert.Equal(Face, EncryptionWith(Key).Decrypt(kept).Crop);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("bG9uZ2VyIHRoYW4gdGhpcnR5LXR3byBieXRlcyBvZiBrZXk=")]
    public void AMalformedKey_FailsWithAPlainMessage_ThatDoesNotRepeatIt(string key)
    {
        var result = new ArchiveKeyValidator().Validate(null, new ArchiveOptions { Key = key });

        Assert.True(result.Failed);
        Assert.StartsWith("Archive:Key is not a valid key", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(key, result.FailureMessage, StringComparison.Ordinal);
    }

    private static ArchivedFace Kept(EncryptedFace face) => new(Given.Id, Given.At, Given.Contributor, Given.Source, Given.Label, Given.Answer, face);
}
