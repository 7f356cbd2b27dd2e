using System.Text.Json;
using EmotionStream.Api;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Api;

/// <summary>Errors that no endpoint answers itself.</summary>
public class ProblemTests
{
    [Theory]
    [InlineData(typeof(InvalidOperationException), 500, "internal_server_error")]
    [InlineData(typeof(OutOfMemoryException), 503, "busy")]
    public async Task Failure_OfTheServer_IsAProblemThatTellsNothingOfItsInside(Type failure, int status, string code)
    {
        await using var server = await TestServer.StartAsync(builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IOptions<ConsentOptions>>(new Broken(failure));
        });
        using var http = server.CreateHttpClient();

        using var reply = await http.GetAsync(new Uri("/api/v1/notice", UriKind.Relative), TestContext.Current.CancellationToken);

        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", text);
    }

    private sealed class Broken(Type failure) : IOptions<ConsentOptions>
    {
        public ConsentOptions Value => throw (Exception)Activator.CreateInstance(failure, "a secret of the server")!;
    }
}
