using System.Reflection;
using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Hubs;
using EmotionStream.Tests.Kit;
using EmotionStream.Tools.Evaluation.Emotions;
using EmotionStream.Tools.Evaluation.Faces;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Contracts;

/// <summary>The pages' TypeScript types are those of the server: what a hub's method or an endpoint takes and answers.</summary>
public partial class ContractTypesTests
{
    private const string File = "wwwroot/client/contracts.generated.ts";

    /// <summary>Rewrites the file where WRITE_CONTRACTS is set; comments may differ until then, so that a sentence changed in C# breaks nothing.</summary>
    [Fact]
    public async Task Types_OfThePages_AreThoseOfTheServer()
    {
        await using var server = await TestServer.StartAsync();
        var written = Write(server);
        var path = Path.Combine(Repository.Folder, File);
        if (Environment.GetEnvironmentVariable("WRITE_CONTRACTS") is not null)
        {
            await System.IO.File.WriteAllTextAsync(path, written, TestContext.Current.CancellationToken);
        }

        var kept = await System.IO.File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(Comments().Replace(written, ""), Comments().Replace(kept, ""));
    }

    private static string Write(TestServer server)
    {
        var endpoints = server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.Contains("api/v1", StringComparison.Ordinal)).ToList();
        var methods = new[] { typeof(CameraHub), typeof(RoomHub) }
            .SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(method => !method.IsVirtual).ToList();
        var events = new[] { typeof(ICameraClient), typeof(IRoomClient) }.SelectMany(client => client.GetMethods());
        var requests = methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType))
            .Concat(endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType).OfType<Type>())
            .SelectMany(Contracts).ToHashSet();
        var answers = methods.Select(method => method.ReturnType)
            .Concat(events.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)))
            .Concat(endpoints.SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(answer => answer.Type).OfType<Type>()))
            .SelectMany(Contracts);
        var writer = new TypeScriptWriter(server.Service<IOptions<JsonOptions>>().Value.SerializerOptions, requests);
        // The model cards, which the server hands on as they were written, and the lines of a history, which it streams.
        foreach (var type in requests.Concat(answers).Concat([typeof(EmotionReport), typeof(FaceReport), typeof(HistoryReading)]))
        {
            writer.Add(type);
        }

        return writer.ToString();
    }

    /// <summary>Our own types in a task, a list, a stream.</summary>
    private static IEnumerable<Type> Contracts(Type type)
    {
        if (type.IsGenericType)
        {
            return type.GetGenericArguments().SelectMany(Contracts);
        }

        return type.Assembly.GetName().Name!.StartsWith(nameof(EmotionStream), StringComparison.Ordinal) && type.GetConstructors().Length > 0 && type != typeof(JpegFrame) ? [type] : [];
    }

    [GeneratedRegex(@"^ *(/\*\*.*\*/|//.*)\n", RegexOptions.Multiline)]
    private static partial Regex Comments();
}
