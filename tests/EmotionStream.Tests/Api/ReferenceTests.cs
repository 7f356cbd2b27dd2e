using System.Text.Json;
using System.Text.RegularExpressions;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace EmotionStream.Tests.Api;

/// <summary>The OpenAPI document: every endpoint is in it, described, with its limits and errors.</summary>
public partial class ReferenceTests
{
    private static readonly string[] Hubs = ["/hubs/", "/openapi/"];

    [Fact]
    public async Task Document_DescribesEveryEndpoint()
    {
        await using var server = await TestServer.StartAsync();
        var document = await ReadAsync(server);
        var paths = document.GetProperty("paths");
        var mapped = server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => (Path: "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.Trim('/'), ""), Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(endpoint => !Hubs.Any(hub => endpoint.Path.StartsWith(hub, StringComparison.Ordinal)));

        foreach (var (path, methods) in mapped)
        {
            foreach (var method in methods)
            {
                Assert.True(paths.TryGetProperty(path, out var operations), $"{path} is missing");
                Assert.True(operations.TryGetProperty(method.ToLowerInvariant(), out var operation), $"{method} {path} is missing");
                Assert.True(operation.TryGetProperty("summary", out _), $"{method} {path} says nothing of itself");
                Assert.True(operation.TryGetProperty("tags", out var tags) && tags.GetArrayLength() == 1, $"{method} {path} stands under no heading");
            }
        }

        Assert.True(paths.EnumerateObject().Count() >= 10);
    }

    [Fact]
    public async Task Document_StatesLimits_AndWhatPicturesAreAnsweredWith()
    {
        await using var server = await TestServer.StartAsync("--Stills:MaxBytes=7000000", "--Stills:MaxPictures=33");

        var document = await ReadAsync(server);

        var images = document.GetProperty("paths").GetProperty("/api/v1/images").GetProperty("post");
        Assert.Contains("7 MB", document.GetProperty("info").GetProperty("description").GetString());
        var form = images.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema");
        Assert.Equal(33, form.GetProperty("properties").GetProperty("image").GetProperty("maxItems").GetInt32());
        Assert.All(["200", "400", "413", "415", "422", "503"], status => Assert.True(images.GetProperty("responses").TryGetProperty(status, out _), status));
        var face = document.GetProperty("components").GetProperty("schemas").GetProperty("StillFace");
        Assert.Equal("number", face.GetProperty("properties").GetProperty("certainty").GetProperty("type").GetString());
        Assert.Contains("calibrated", face.GetProperty("properties").GetProperty("certainty").GetProperty("description").GetString());
        Assert.DoesNotContain("heatmap", face.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails").GetProperty("properties").TryGetProperty("code", out _));
    }

    /// <summary>`{id:long}` stands in the document as `{id}`.</summary>
    [GeneratedRegex(@":\w+(?=\})")]
    private static partial Regex Constraint();

    private static async Task<JsonElement> ReadAsync(TestServer server)
    {
        using var http = server.CreateHttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken)).RootElement;
    }
}
