using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmotionStream.Faces.Stills;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

/// <summary>
/// The requests that DeepFace's own API tests make of `/analyze` (serengil/deepface, tests/unit/test_api.py and test_api_form_images.py), with
/// the fields that its replies have; and what is asked of it that this server does not do.
/// </summary>
public class AnalyzeTests
{
    private static readonly string[] Labels = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Couple => TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 240), ("surprise", 0.75, 0.5, 240));

    [Fact]
    public async Task Json_WithADataUrl_HasEveryFieldOfDeepFacesReply()
    {
        await using var server = await TestServer.StartAsync();

        var (status, answer) = await PostJsonAsync(server, new { img = DataUrl(Couple), actions = new[] { "emotion" }, detector_backend = "mtcnn", align = true, silent = true });

        Assert.Equal(200, status);
        var results = answer.GetProperty("results");
        Assert.Equal(2, results.GetArrayLength());
        foreach (var face in results.EnumerateArray())
        {
            Assert.Equal(["region", "face_confidence", "emotion", "dominant_emotion"], face.EnumerateObject().Select(field => field.Name));
            Assert.Equal(["x", "y", "w", "h", "left_eye", "right_eye"], face.GetProperty("region").EnumerateObject().Select(field => field.Name));
            Assert.Equal(Labels, face.GetProperty("emotion").EnumerateObject().Select(label => label.Name));
            Assert.Equal(100, face.GetProperty("emotion").EnumerateObject().Sum(label => label.Value.GetDouble()), 0.01);
            Assert.Equal(
                face.GetProperty("emotion").EnumerateObject().MaxBy(label => label.Value.GetDouble()).Name, face.GetProperty("dominant_emotion").GetString());
            Assert.InRange(face.GetProperty("face_confidence").GetDouble(), 0.6, 1);
            var region = face.GetProperty("region");
            var (x, y, w, h) = (Number(region, "x"), Number(region, "y"), Number(region, "w"), Number(region, "h"));
            Assert.True(x >= 0 && y >= 0 && w > 50 && h > 50 && x + w <= 640 && y + h <= 480, region.ToString());
            // The person's own left eye is on the right in the picture.
            Assert.InRange(region.GetProperty("left_eye")[0].GetInt32(), region.GetProperty("right_eye")[0].GetInt32() + 20, x + w);
        }

        Assert.Equal(["happy", "surprise"], results.EnumerateArray().Select(face => face.GetProperty("dominant_emotion").GetString()).Order());
    }

    [Fact]
    public async Task EveryWayToSendAPicture_HasTheSameAnswer()
    {
        await using var server = await TestServer.StartAsync();
        var url = DataUrl(Couple);
        using var file = new MultipartFormDataContent { { new StringContent("[\"emotion\"]"), "actions" }, { new ByteArrayContent(Couple), "img", "test_image.jpg" } };
        using var textInForm = new MultipartFormDataContent { { new StringContent(url), "img" }, { new StringContent("('emotion',)"), "actions" } };
        using var encoded = new FormUrlEncodedContent([new("img", url), new("actions", "emotion")]);
        using var escaped = new StringContent("{\"img\":\"" + url.Replace("/", "\\/", StringComparison.Ordinal) + "\"}", Encoding.UTF8, "application/json");

        var (_, expected) = await PostJsonAsync(server, new { img = url });

        foreach (var content in new HttpContent[] { file, textInForm, encoded, escaped })
        {
            var (status, answer) = await PostAsync(server, content);
            Assert.Equal((200, expected.ToString()), (status, answer.ToString()));
        }
    }

    [Fact]
    public async Task List_OfPictures_IsAnsweredWithAListOfLists()
    {
        await using var server = await TestServer.StartAsync();

        var (status, answer) = await PostJsonAsync(server, new { img = new[] { DataUrl(Couple), DataUrl(TestPictures.Face("happy")) } });

        var results = answer.GetProperty("results");
        Assert.Equal((200, 2), (status, results.GetArrayLength()));
        Assert.Equal([2, 1], results.EnumerateArray().Select(faces => faces.GetArrayLength()));
    }

    [Fact]
    public async Task Nobody_IsAnError_UnlessDetectionIsNotEnforced()
    {
        await using var server = await TestServer.StartAsync();
        var empty = DataUrl(TestPictures.Empty());

        var (refused, error) = await PostJsonAsync(server, new { img = empty });
        var (status, answer) = await PostJsonAsync(server, new { img = empty, enforce_detection = false });
        var (skipped, _) = await PostJsonAsync(server, new { img = empty, detector_backend = "skip", enforce_detection = true });
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Empty()), "img", "x.jpg" }, { new StringContent("false"), "enforce_detection" } };
        var (formStatus, _) = await PostAsync(server, form);

        Assert.Equal((400, "no_face"), (refused, error.GetProperty("code").GetString()));
        Assert.Contains("Face could not be detected", error.GetProperty("error").GetString());
        Assert.Equal((200, 200, 200), (status, formStatus, skipped));
        var whole = answer.GetProperty("results")[0];
        Assert.Equal(0, whole.GetProperty("face_confidence").GetDouble());
        Assert.Equal(
            (0, 0, 640, 480), (Number(whole.GetProperty("region"), "x"), Number(whole.GetProperty("region"), "y"), Number(whole.GetProperty("region"), "w"), Number(whole.GetProperty("region"), "h")));
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("region").GetProperty("left_eye").ValueKind);
    }

    [Fact]
    public async Task Actions_ThatAreNotOffered_AreRefused()
    {
        await using var server = await TestServer.StartAsync();
        (string Actions, string Code)[] cases =
        [
            ("""["age"]""", "action_not_offered"), ("""["emotion", "gender"]""", "action_not_offered"), ("""["race"]""", "action_not_offered"),
            ("""["emotions"]""", "unknown_action"), ("[1]", "unknown_action"),
        ];
        foreach (var (actions, code) in cases)
        {
            using var json = Json($$"""{"img": "{{DataUrl(Couple)}}", "actions": {{actions}}}""");
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Couple), "img", "a.jpg" }, { new StringContent(actions), "actions" } };

            var (status, answer) = await PostAsync(server, json);
            var (formStatus, _) = await PostAsync(server, form);

            Assert.Equal((400, 400, code), (status, formStatus, answer.GetProperty("code").GetString()));
            Assert.StartsWith("Exception while analyzing: ", answer.GetProperty("error").GetString());
        }
    }

    public static TheoryData<string, string> Bad => new()
    {
        { """{"img": "no_such_file.jpg"}""", "not_a_picture" },
        { """{"img": "/etc/passwd"}""", "not_a_picture" },
        { """{"img": "file:///etc/passwd"}""", "not_a_picture" },
        { """{"img": "data:image/jpeg;base64,Tm90IEpQRUcgZGF0YQ=="}""", "not_a_picture" },
        { """{"img": "data:image/jpeg;base64,/9j/4AAQ"}""", "undecodable" },
        { """{"img": "data:image/jpeg;base64,%%%"}""", "bad_base64" },
        { """{"img": "data:image/jpeg"}""", "bad_base64" },
        { """{"img": "data:image/jpeg;base64,"}""", "empty_picture" },
        { """{"img": "http://169.254.169.254/latest/meta-data"}""", "fetch_off" },
        { """{"img": "HTTPS://example.org/face.jpg"}""", "fetch_off" },
        { """{"img": 5}""", "no_picture" },
        { """{"img": []}""", "no_picture" },
        { """{"image": "data:image/jpeg;base64,AAAA"}""", "no_picture" },
        { "[]", "bad_request" },
        { "{\"img\": \"data", "bad_request" },
        { "", "bad_request" },
    };

    [Fact]
    public async Task Request_ThatIsWrong_IsRefusedInDeepFacesWay()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (body, code) in Bad.Select(row => row.Data))
        {
            using var json = Json(body);

            var (status, answer) = await PostAsync(server, json);

            Assert.True((status, answer.GetProperty("code").GetString()) == (400, code), $"{body}: {answer}");
            Assert.NotEmpty(answer.GetProperty(code == "no_picture" ? "exception" : "error").GetString()!);
        }

        Assert.Equal(0, server.Service<PictureBudget>().Taken);
    }

    [Fact]
    public async Task Request_OfAnotherKindOrSize_IsRefused()
    {
        await using var server = await TestServer.StartAsync("--Stills:MaxBytes=20000", "--Stills:MaxPictures=2");
        using var text = new StringContent("img");
        using var large = Json($$"""{"img": "data:image/png;base64,{{Convert.ToBase64String(new byte[30_000])}}"}""");
        using var many = Json("""{"img": ["data:image/png;base64,", "data:image/png;base64,", "data:image/png;base64,"]}""");

        Assert.Equal(400, (await PostAsync(server, text)).Status);
        Assert.Equal(413, (await PostAsync(server, large)).Status);
        Assert.Equal(413, (await PostAsync(server, many)).Status);
    }

    internal static async Task<(int Status, JsonElement Answer)> PostAsync(TestServer server, HttpContent content)
    {
        using var http = server.CreateHttpClient();
        using var reply = await http.PostAsync(new Uri("/analyze", UriKind.Relative), content, Cancellation);
        return ((int)reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement);
    }

    internal static async Task<(int Status, JsonElement Answer)> PostJsonAsync(TestServer server, object request)
    {
        using var content = Json(JsonSerializer.Serialize(request));
        return await PostAsync(server, content);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static string DataUrl(byte[] picture) => string.Create(CultureInfo.InvariantCulture, $"data:image/jpeg;base64,{Convert.ToBase64String(picture)}");

    private static int Number(JsonElement region, string name) => region.GetProperty(name).GetInt32();
}
