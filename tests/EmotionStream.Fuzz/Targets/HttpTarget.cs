using System.Globalization;
using System.Text;
using EmotionStream.Tests.Kit;
using EmotionStream.Tests.Vision;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Requests to every address of the server as its operator may make them: lines, headers, queries and bodies.</summary>
internal sealed class HttpTarget : FuzzTarget
{
    private readonly FuzzedServer _server;
    private readonly DirectoryInfo _data;

    private HttpTarget(FuzzedServer server, DirectoryInfo data)
    {
        (_server, _data) = (server, data);
        Seeds = [.. Requests()];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "?", "&", "=", "%00", "%", "%zz", "/", "..", "..%2f", "\r\n", "\r\n\r\n", "\0", ":", ";", "\"", "--b", "--b--", "[", "]", "{", "}", "null", "true", "-1", "1e999", "999999999999999999999", "NaN", "\ud83d\ude00",
            "Content-Length: 0", "Transfer-Encoding: chunked", "Content-Type: ", "multipart/form-data; boundary=", "application/json", "image/png", "Authorization: Bearer x", "Origin: null", "Range: bytes=0-", "Accept-Encoding: br", "If-None-Match: *", "Expect: 100-continue",
            "room=", "person=", "from=", "to=", "step=", "format=", "csv", "jsonl", "heatmap=true", "correct=true", "archive=true", "limit=", "before=", "label=", "happy", "emotion=", "medium=", "count=",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static async Task<HttpTarget> CreateAsync()
    {
        var data = Directory.CreateTempSubdirectory("es-fuzz-http-");
        var key = Convert.ToBase64String(new byte[32]);
        return new HttpTarget(await FuzzedServer.StartAsync(
            $"--Storage:DataDirectory={data.FullName}", "--History:Enabled=true", $"--Archive:Key={key}", "--Videos:MaxLength=00:00:02", "--Feedback:MaxPerMinute=10000"), data);
    }

    public override byte[] Make(byte[] earlier, byte[] other, Mutator mutator, long number)
    {
        var request = mutator.Mutate(earlier, other);
        return number % 2 == 0 ? WithLength(request) : request;
    }

    public override async Task<string?> TryAsync(byte[] input)
    {
        var status = await RawHttp.SendAsync(_server.Address, input);
        return _server.TakeError() ?? (status is >= 500 and not (501 or 503 or 505) ? $"answered with {status}" : null);
    }

    public override Task<int> CountLeaksAsync() => _server.CountLeaksAsync();

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static IEnumerable<byte[]> Requests()
    {
        foreach (var address in new[]
        {
            "GET /", "GET /dashboard.html", "GET /healthz", "GET /readyz", "GET /metrics", "GET /openapi/v1.json", "GET /api/v1/models", "GET /api/v1/notice", "GET /Emotion", "GET /nothing?x=%20",
            "GET /api/v1/history/terms", "GET /api/v1/history/readings?room=a&person=b&from=0&to=2026-05-01T12:30:00Z&step=0.5&format=csv", "GET /api/v1/history/people?room=a", "DELETE /api/v1/history?room=a&person=b",
            "GET /api/v1/history/mine?format=jsonl", "DELETE /api/v1/history/mine", "GET /api/v1/corrections/mine", "GET /api/v1/corrections?label=happy&answer=sad&before=7&limit=3", "DELETE /api/v1/corrections?id=7",
            "GET /api/v1/learning", "POST /api/v1/learning/versions/7/promote", "POST /api/v1/learning/rollback", "GET /api/v1/archive/terms", "GET /api/v1/archive/mine", "GET /api/v1/archive", "DELETE /api/v1/archive?id=7",
            "PUT /api/v1/archive/consent", "DELETE /api/v1/archive/consent", "GET /api/v1/videos/abc", "GET /api/v1/videos/abc/events", "GET /api/v1/videos/abc/timeline?format=csv", "DELETE /api/v1/videos/abc",
            "GET /api/v1/recommendations?emotion=happy&medium=songs&count=3", "OPTIONS /api/v1/images",
        })
        {
            yield return Request(address, null, []);
        }

        yield return Request("POST /api/v1/goodbye", "text/plain", "abcdefghijklmnopqrstuvwxyz0123456789abcdefg"u8);
        yield return Request("POST /api/v1/rooms/a/tokens", "application/json", """{"role":"viewer","minutes":5}"""u8);
        yield return Request("POST /api/v1/corrections", "application/json", """{"face":"4","label":"sad","contributor":"secret","resumeToken":"token","capturedAt":1760000000123.5}"""u8);
        yield return Request("POST /api/v1/archive/sessions", "application/json", """{"resumeToken":"token"}"""u8);
        yield return Request("POST /api/v1/recommendations", "application/json", """{"emotions":{"happy":60,"sad":40},"medium":"books","count":2}"""u8);
        yield return Request("POST /analyze", "application/json", """{"img":"data:image/jpeg;base64,AAAA","actions":["emotion"],"enforce_detection":false}"""u8);
        yield return Request("POST /analyze", "application/json", """{"img_path":"https://example.org/a.jpg"}"""u8);
        var picture = TestJpeg.Gray(32, 32);
        yield return Request("POST /api/v1/images?heatmap=true&correct=true", "image/jpeg", picture);
        yield return Request("POST /api/v1/images", "multipart/form-data; boundary=b", [.. "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"u8, .. picture, .. "\r\n--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"u8]);
        yield return Request("POST /Emotion", "multipart/form-data; boundary=b", [.. "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n"u8, .. picture, .. "\r\n--b--\r\n"u8]);
        yield return Request("POST /analyze", "multipart/form-data; boundary=b", [.. "--b\r\nContent-Disposition: form-data; name=\"img\"\r\n\r\n"u8, .. picture, .. "\r\n--b\r\nContent-Disposition: form-data; name=\"actions\"\r\n\r\n[\"emotion\"]\r\n--b--\r\n"u8]);
        yield return Request("POST /api/v1/models?name=a.onnx", "application/octet-stream", TinyModel.Make().AsSpan(0, 400));
        yield return Request("POST /api/v1/videos", "video/mp4", [.. new byte[4], .. "ftypisom"u8, .. new byte[100]]);
        yield return Encoding.ASCII.GetBytes("POST /api/v1/goodbye HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        yield return Encoding.ASCII.GetBytes("GET /hubs/camera HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        yield return Request("POST /hubs/room/negotiate?negotiateVersion=1", null, []);
    }

    private static byte[] Request(string address, string? type, ReadOnlySpan<byte> body)
    {
        var headers = $"{address} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a secret of mine\r\n"
            + (type is null ? "" : $"Content-Type: {type}\r\n") + $"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(headers), .. body];
    }

    /// <summary>With the body's own length, so that a change in the body is read.</summary>
    private static byte[] WithLength(byte[] request)
    {
        var bytes = request.AsSpan();
        var (name, end) = (bytes.IndexOf("Content-Length: "u8), bytes.IndexOf("\r\n\r\n"u8));
        if (name < 0 || end < name)
        {
            return request;
        }

        var after = bytes[name..].IndexOf("\r\n"u8) + name;
        var length = Encoding.ASCII.GetBytes($"Content-Length: {(bytes.Length - end - 4).ToString(CultureInfo.InvariantCulture)}");
        return [.. bytes[..name], .. length, .. bytes[after..]];
    }
}
