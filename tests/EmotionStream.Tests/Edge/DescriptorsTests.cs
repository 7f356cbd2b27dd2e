using EmotionStream.Edge;

namespace EmotionStream.Tests.Edge;

public class DescriptorsTests
{
    [Theory]
    [InlineData("Max open files            1024                 524288               files", 624)]
    [InlineData("Max open files            300                  300                  files", 32)]
    [InlineData("Max open files            unlimited            unlimited            files", null)]
    [InlineData("Max processes             100                  100                  processes", null)]
    public void Connections_HaveWhatTheServerDoesNotNeedItself(string line, int? connections) =>
        Assert.Equal(connections, Descriptors.ForConnections(["Limit                     Soft Limit           Hard Limit           Units", line]));
}
