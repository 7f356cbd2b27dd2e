namespace EmotionStream.SignalR.MessagePack.Tests.Npm;

/// <summary>The official JavaScript client against our protocol; what each scenario does is in node/scenarios.js.</summary>
public sealed class NpmClientTests(NpmClientFixture fixture) : IClassFixture<NpmClientFixture>
{
    [Theory]
    [InlineData("values both ways")]
    [InlineData("contracts both ways")]
    [InlineData("binary frames")]
    [InlineData("fire and forget, answered by a call")]
    [InlineData("client results")]
    [InlineData("client results that fail")]
    [InlineData("errors")]
    [InlineData("binding failures")]
    [InlineData("stream to the client")]
    [InlineData("stream that fails")]
    [InlineData("stream that is cancelled")]
    [InlineData("stream to the server")]
    [InlineData("streams in both directions")]
    [InlineData("stream items of the wrong type")]
    [InlineData("keep-alive")]
    [InlineData("close by the server")]
    [InlineData("close by the client")]
    [InlineData("broken bytes")]
    [InlineData("messages over the limit")]
    [InlineData("long polling")]
    [InlineData("stateful reconnect")]
    public void Scenario_Passes(string name)
    {
        var error = fixture.ErrorOf(name);

        Assert.True(error is null, error);
    }
}
