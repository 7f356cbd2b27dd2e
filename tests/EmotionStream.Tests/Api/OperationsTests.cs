using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

public class OperationsTests
{
    [Theory]
    [InlineData("--Vision:FaceModel=models/none.onnx", "none.onnx")]
    [InlineData("--Inference:EmotionModel=models/none.onnx", "none.onnx")]
    [InlineData("--Inference:EmotionModel=models/face.onnx", "'faces'")]
    [InlineData("--Vision:FaceModel=models/emotion.onnx", "emotion.onnx")]
    [InlineData("--Inference:MaxBatch=0", "MaxBatch")]
    [InlineData("--Sessions:MaxSessions=-1", "MaxSessions")]
    [InlineData("--Pipeline:MailboxCapacity=9", "MailboxCapacity")]
    [InlineData("--Storage:Postgres=nonsense", "Storage:Postgres")]
    [InlineData("--Storage:Postgres=Database=nowhere", "Storage:Postgres")]
    [InlineData("--History:RateHz=0", "RateHz")]
    [InlineData("--History:Retention=00:00:01", "Retention")]
    [InlineData("--Recommendations:Catalogue=none.json", "none.json")]
    public async Task AServer_WithABadModelOrSetting_DoesNotStartAndSaysWhich(string setting, string named)
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(setting));

        Assert.Contains(named, problem.Message);
    }

    [Fact]
    public async Task AServer_AskedForCudaThatIsNotThere_RunsOnTheProcessor()
    {
        await using var server = await TestServer.StartAsync("--Inference:Device=cuda");
        await using var client = await server.ConnectAsync();
        await client.StartAsync();

        await client.SubmitAsync(1, TestPictures.Face("neutral"));

        Assert.Single((await client.NextAsync<Measured>()).Faces);
    }
}
