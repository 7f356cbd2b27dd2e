using EmotionStream.Faces.Stills;

namespace EmotionStream.Tests.Pipeline;

public class PictureBudgetTests
{
    /// <summary>In a heap of 100 MB, uploads that waited for 256 MB cost others their connections.</summary>
    [Theory]
    [InlineData(256_000_000, 100_000_000, 25_000_000)]
    [InlineData(256_000_000, 16_000_000_000, 256_000_000)]
    public void Budget_IsNoMoreThanAQuarterOfTheMemory(long set, long available, long most) => Assert.Equal(most, PictureBudget.Most(set, available));
}
