using EmotionStream.Tools;

namespace EmotionStream.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://127.0.0.1:1")]
    [InlineData("--Consent:Notice", "analyze")]
    [InlineData("/urls", "http://127.0.0.1:1")]
    [InlineData("Sessions:MaxSessions=1")]
    public async Task Settings_AreTheServers(params string[] args)
    {
        Assert.Null(await CommandLine.TryRunAsync(args, _output, _errors));

        Assert.Empty(_output.ToString() + _errors);
    }

    [Fact]
    public async Task Help_NamesEveryCommand()
    {
        Assert.Equal(0, await CommandLine.TryRunAsync(["--help"], _output, _errors));

        var text = _output.ToString();
        Assert.All(["analyze", "evaluate", "evaluate-faces", "replay", "--Sessions:MaxSessions=50"], word => Assert.Contains(word, text));
    }

    [Theory]
    [InlineData("analyze", "--json", "--no-chart", "--heatmap", "--Stills:MaxPixels=")]
    [InlineData("evaluate", "--data <PATH>", "--sequences <PATH>", "--prior <auto|everyday|balanced>", "--with-detection", "--crop <points|box>", "--roll", "--model", "--face-model", "--precision", "--json")]
    [InlineData("evaluate-faces", "--data", "--model", "--threshold", "0.6", "--split", "--json")]
    [InlineData("replay", "--train", "--held-out", "--model", "--out")]
    public async Task Help_OfACommand_NamesItsOptions(string command, params string[] words)
    {
        Assert.Equal(0, await CommandLine.TryRunAsync([command, "--help"], _output, _errors));

        Assert.All(words, word => Assert.Contains(word, _output.ToString()));
    }

    [Fact]
    public async Task ACommandThatIsNone_IsRefused_InsteadOfServing()
    {
        Assert.Equal(2, await CommandLine.TryRunAsync(["evalute"], _output, _errors));

        Assert.StartsWith("Unrecognized command or argument 'evalute'", _errors.ToString());
        Assert.Empty(_output.ToString());
    }
}
