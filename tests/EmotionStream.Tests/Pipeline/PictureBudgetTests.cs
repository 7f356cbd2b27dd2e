using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Pipeline;

public class PictureBudgetTests
{
    /// <summary>In a heap of 100 MB, uploads that waited for 256 MB cost others their connections.</summary>
    [Theory]
    [InlineData(256_000_000, 100_000_000, 25_000_000)]
    [InlineData(256_000_000, 16_000_000_000, 256_000_000)]
    public void Budget_IsNoMoreThanAQuarterOfTheMemory(long set, long available, long most) => Assert.Equal(most, PictureBudget.Most(set, available));

    [Theory]
    [InlineData(1)]
    [InlineData(3_000)]
    [InlineData(1_000_000)]
    [InlineData(3_000_000)]
    public void Bytes_GiveBackWhatTheyTook(int size)
    {
        var budget = new PictureBudget(Options.Create(new StillsOptions()));

        var bytes = PictureBytes.Copy(new byte[size], budget);
        var taken = budget.Taken;
        bytes.Dispose();

        Assert.InRange(taken, size, Math.Max(16, 2 * size));
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public void Bytes_BeyondTheBudget_AreRefusedBeforeTheyAreThere()
    {
        var budget = new PictureBudget(Options.Create(new StillsOptions { MaxWaitingBytes = 1_000_000 }));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<RefusedException>(() => new PictureBytes(budget).Reserve(500_000_000));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(0, budget.Taken);
    }
}
