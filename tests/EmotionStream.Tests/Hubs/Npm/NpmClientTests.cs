namespace EmotionStream.Tests.Hubs.Npm;

/// <summary>The official JavaScript client against the hubs, in MessagePack; what each scenario does is in scenarios.js.</summary>
public sealed class NpmClientTests(NpmClientFixture fixture) : IClassFixture<NpmClientFixture>
{
    [Theory]
    [InlineData("frames are measured")]
    [InlineData("members that are left out")]
    [InlineData("the same in JSON")]
    [InlineData("frames of every length")]
    [InlineData("errors")]
    [InlineData("binding failures")]
    [InlineData("stream to the client")]
    [InlineData("stream that fails")]
    [InlineData("stream that is cancelled")]
    [InlineData("a call of two")]
    [InlineData("keep-alive")]
    [InlineData("close by the server")]
    [InlineData("close by the client")]
    [InlineData("broken bytes")]
    [InlineData("messages over the limit")]
    [InlineData("stateful reconnect")]
    public void Scenario_Passes(string name)
    {
        var error = fixture.ErrorOf(name);

        Assert.True(error is null, error);
    }
}
