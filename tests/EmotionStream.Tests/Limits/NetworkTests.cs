using System.Net;
using EmotionStream.Limits;

namespace EmotionStream.Tests.Limits;

public class NetworkTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::9", "2001:db8:1:3::/64")]
    public void Of_IsTheAddress_OrTheHouseholdsNetwork(string address, string network) => Assert.Equal(network, Network.Of(IPAddress.Parse(address)));
}
