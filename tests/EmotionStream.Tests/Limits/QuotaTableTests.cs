using System.Net;
using EmotionStream.Limits;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Limits;

public class QuotaTableTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Sweep_ForgetsOnlyWhoIsAsGoodAsNew()
    {
        var table = new QuotaTable(Options.Create(new LimitsOptions()), _time, NullLogger<QuotaTable>.Instance);
        var camera = table.OfAddress(IPAddress.Parse("203.0.113.7"));
        var sender = new ClientQuota(table.OfAddress(IPAddress.Parse("203.0.113.8")));
        Assert.Null(camera.BeginSession());
        Assert.Null(sender.TakeBytes(1_000_000));

        table.Sweep();
        Assert.Equal(2, table.Count);
        _time.Advance(TimeSpan.FromMinutes(5));
        table.Sweep();
        Assert.Same(camera, table.OfAddress(IPAddress.Parse("203.0.113.7")));
        Assert.Equal(1, table.Count);
        camera.EndSession();
        table.Sweep();
        Assert.Equal(0, table.Count);
    }
}
