using System.Net;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

/// <summary>Sends pictures to `/api/v1/images` and reads the answers.</summary>
internal static class ImageClient
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<StillReadingList> MeasureAsync(TestServer server, string query, HttpContent body)
    {
        using var http = server.CreateHttpClient();
        using var reply = await http.PostAsync(new Uri("/api/v1/images" + query, UriKind.Relative), body, Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<StillReadingList>(text, Wire)!;
    }

    public static async Task<(int Status, string? Code)> RefusalAsync(TestServer server, HttpContent body)
    {
        using var http = server.CreateHttpClient();
        using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), body, Cancellation);
        return await ProblemAsync(reply);
    }

    public static async Task<(int Status, string? Code)> ProblemAsync(HttpResponseMessage reply)
    {
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((int)reply.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)reply.StatusCode, problem.GetProperty("code").GetString());
    }

    public static MultipartFormDataContent Form(params (string Field, byte[] File)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, file) in files)
        {
            form.Add(new ByteArrayContent(file), field, "../<script>alert(1)</script>.jpg");
        }

        return form;
    }
}
