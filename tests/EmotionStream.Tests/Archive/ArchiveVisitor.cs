using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using static EmotionStream.Tests.Archive.MadeArchive;

namespace EmotionStream.Tests.Archive;

/// <summary>What people do with the face archive over the hubs and HTTP of a real server: opt in, show themselves, correct, look, delete.</summary>
internal static class ArchiveVisitor
{
    public const string OperatorKey = "a key of the operator's";
    public const string Ann = "ann's own long secret";
    public const string Bob = "bob's own long secret";

    public static string Key { get; } = NewKey();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static HttpClient Client(TestServer server, string secret)
    {
        var http = server.CreateHttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    }

    public static async Task OptInAsync(HttpClient http, Started started)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync("/api/v1/archive/consent", null, Cancellation)).StatusCode);
        Assert.Equal((HttpStatusCode.NoContent, ""), await HoldAsync(http, started));
    }

    public static async Task<(HttpStatusCode, string)> HoldAsync(HttpClient http, Started started)
    {
        using var reply = await http.PostAsJsonAsync("/api/v1/archive/sessions", new ArchiveSession(started.ResumeToken), Cancellation);
        var code = reply.IsSuccessStatusCode ? "" : (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString()!;
        return (reply.StatusCode, code);
    }

    /// <summary>Opts in and gives corrections of an uploaded picture.</summary>
    public static async Task GiveAsync(HttpClient http, string secret, params string[] labels)
    {
        await http.PutAsync("/api/v1/archive/consent", null, Cancellation);
        var token = await MeasureAsync(http, "?correct=true&archive=true");
        foreach (var label in labels)
        {
            Assert.True((await CorrectAsync(http, new CorrectionRequest(token, label, secret))).Archived);
        }
    }

    public static async Task<FaceReading> ShowAsync(HubTestClient camera, long sequence, byte[]? picture = null, int faces = 1)
    {
        await camera.SubmitAsync(sequence, picture ?? TestPictures.Face("happy"));
        var measured = await camera.NextAsync<Measured>();
        Assert.Equal(faces, measured.Faces.Count);
        return measured.Faces[0];
    }

    /// <summary>Shows a face until the session holds a crop of it: it remembers one twice a second.</summary>
    public static async Task<FaceReading> ShowUntilHeldAsync(TestServer server, HubTestClient camera, Started started)
    {
        var recent = server.Service<SessionRegistry>().Find(started.ResumeToken)!.RecentFaces;
        for (var sequence = 1000; ; sequence++)
        {
            var face = await ShowAsync(camera, sequence);
            if (recent.Find(face.Id, null) is { Crop: not null })
            {
                return face;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    /// <summary>Shows a picture until the session has remembered it.</summary>
    public static async Task ShowLaterAsync(TestServer server, HubTestClient camera, Started started, byte[]? picture = null, int faces = 1)
    {
        var recent = server.Service<SessionRegistry>().Find(started.ResumeToken)!.RecentFaces;
        for (var sequence = 2000; ; sequence++)
        {
            var face = await ShowAsync(camera, sequence, picture, faces);
            if (recent.Find(face.Id, null) is { CapturedAt: >= 2000 * 66.7 })
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    /// <summary>The correction token of a picture's first face.</summary>
    public static async Task<string> MeasureAsync(HttpClient http, string query, byte[]? picture = null)
    {
        using var reply = await PostPictureAsync(http, query, picture ?? TestPictures.Face("happy"));
        var answer = await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return answer.GetProperty("images")[0].GetProperty("faces")[0].GetProperty("correctionToken").GetString()!;
    }

    public static Task<HttpResponseMessage> PostPictureAsync(HttpClient http, string query, byte[] picture) =>
        http.PostAsync("/api/v1/images" + query, Picture(picture), Cancellation);

    public static ByteArrayContent Picture(byte[] picture) => new(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

    public static async Task<CorrectionKept> CorrectAsync(HttpClient http, CorrectionRequest request)
    {
        using var reply = await http.PostAsJsonAsync("/api/v1/corrections", request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await reply.Content.ReadFromJsonAsync<CorrectionKept>(Cancellation))!;
    }

    public static Task<JsonElement> GetAsync(HttpClient http, string path) => http.GetFromJsonAsync<JsonElement>(path, Cancellation);

    public static async Task<int> DeleteAsync(HttpClient http, string path)
    {
        using var reply = await http.DeleteAsync(path, Cancellation);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("deleted").GetInt32();
    }

    public static IEnumerable<string> LabelsOf(JsonElement page) =>
        page.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("label").GetString()!).Order(StringComparer.Ordinal);
}
