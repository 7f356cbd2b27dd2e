using System.Net;
using System.Text.Json;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

/// <summary>`/Emotion`: the main face's percentages.</summary>
public class EmotionTests
{
    private static readonly string[] Labels = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfFacesEquallySure_TellsTheLargestOnesPercentages()
    {
        await using var server = await TestServer.StartAsync();
        var picture = TestPictures.Faces(640, 480, ("happy", 0.2, 0.5, 120), ("surprise", 0.7, 0.5, 300));

        var (status, answer) = await PostAsync(server, picture);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("surprise", answer.GetProperty("dominant_emotion").GetString());
        var emotion = answer.GetProperty("emotion");
        Assert.Equal(Labels, emotion.EnumerateObject().Select(label => label.Name));
        Assert.Equal(100, emotion.EnumerateObject().Sum(label => label.Value.GetDouble()), 0.01);
        Assert.InRange(answer.GetProperty("region").GetProperty("x").GetInt32(), 250, 450);
        Assert.InRange(answer.GetProperty("face_confidence").GetDouble(), 0.6, 1);
    }

    [Fact]
    public async Task Post_LargerFaceThatIsLessSure_TellsTheOtherOnesPercentages()
    {
        await using var server = await TestServer.StartAsync();
        var picture = TestPictures.FaceBesideANoisyLargerOne();

        var (_, all) = await PostAsync(server, "/api/v1/images", picture);
        var (_, answer) = await PostAsync(server, picture);

        var faces = all.GetProperty("images")[0].GetProperty("faces").EnumerateArray().Select(face => face.Deserialize<Found>(JsonSerializerOptions.Web)!).ToArray();
        var (sure, unsure) = (faces.MaxBy(face => face.Confidence)!, faces.MaxBy(face => face.Box[2] * face.Box[3])!);
        Assert.NotSame(sure, unsure);
        Assert.Equal("happy", answer.GetProperty("dominant_emotion").GetString());
        Assert.Equal(sure.Box[0] * 640, answer.GetProperty("region").GetProperty("x").GetInt32(), 1.0);
    }

    [Fact]
    public async Task Post_OfSeveral_AnswersEach()
    {
        await using var server = await TestServer.StartAsync();

        var (status, answer) = await PostAsync(server, TestPictures.Face("happy"), TestPictures.Empty(), TestPictures.Face("surprise"));

        var results = answer.GetProperty("results");
        Assert.Equal((HttpStatusCode.OK, 3), (status, results.GetArrayLength()));
        Assert.Equal("happy", results[0].GetProperty("dominant_emotion").GetString());
        Assert.Equal("no_face", results[1].GetProperty("code").GetString());
        Assert.Equal("surprise", results[2].GetProperty("dominant_emotion").GetString());
    }

    [Fact]
    public async Task Post_WithNobodyOrNoPicture_IsAProblem()
    {
        await using var server = await TestServer.StartAsync();

        var (nobody, problem) = await PostAsync(server, TestPictures.Empty());
        var (noPicture, other) = await PostAsync(server, "text"u8.ToArray());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "no_face"), (nobody, problem.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "not_a_picture"), (noPicture, other.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Get_SaysHowToUseIt()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();

        var text = await http.GetStringAsync(new Uri("/Emotion", UriKind.Relative), Cancellation);

        Assert.Contains("curl -F image=@", text);
    }

    private static Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(TestServer server, params byte[][] pictures) =>
        PostAsync(server, "/Emotion", pictures);

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(TestServer server, string path, params byte[][] pictures)
    {
        using var http = server.CreateHttpClient();
        using var form = new MultipartFormDataContent();
        foreach (var picture in pictures)
        {
            form.Add(new ByteArrayContent(picture), "image", "face.jpg");
        }

        using var reply = await http.PostAsync(new Uri(path, UriKind.Relative), form, Cancellation);
        return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement);
    }

    private sealed record Found(float[] Box, float Confidence);
}
