using EmotionStream.Cluster;

namespace EmotionStream.Tests.Cluster;

public class HandoverCipherTests
{
    private readonly HandoverCipher _cipher = new("a key of the cluster");

    [Fact]
    public void Decrypt_GivesBackWhatWasEncrypted_AlsoWhereManyDoSoAtOnce() => Parallel.For(0, 20_000, number =>
    {
        var (name, state) = ($"stay {number}", BitConverter.GetBytes(number));

        Assert.Equal(state, _cipher.Decrypt(name, _cipher.Encrypt(name, state)));
    });

    [Fact]
    public void Decrypt_UnderAnotherName_OfAnotherKey_OrAltered_IsRefused()
    {
        var encrypted = _cipher.Encrypt("Ann", [1, 2, 3]);

        Assert.Null(_cipher.Decrypt("Ben", encrypted));
        Assert.Null(new HandoverCipher("another key").Decrypt("Ann", encrypted));
        for (var i = 0; i < encrypted.Length; i++)
        {
            byte[] altered = [.. encrypted];
            altered[i] ^= 1;
            Assert.Null(_cipher.Decrypt("Ann", altered));
        }

        Assert.Null(_cipher.Decrypt("Ann", encrypted.AsSpan(0, 20)));
    }
}
