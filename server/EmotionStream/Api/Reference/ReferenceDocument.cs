using System.Text.Json.Serialization;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace EmotionStream.Api.Reference;

/// <summary>The description of every HTTP endpoint in OpenAPI, from which `/api.html` is made, too.</summary>
internal static class ReferenceDocument
{
    private const string Name = "v1";

    public static IServiceCollection AddReference(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            WireJson.Configure(json.SerializerOptions);
            // A number is a number; the default also takes it as text, and the document would say so.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return services.AddOpenApi(Name, options =>
        {
            options.AddDocumentTransformer((document, context, _) =>
            {
                document.Info = Describe(context.ApplicationServices.GetRequiredService<IOptions<StillsOptions>>().Value);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
                {
                    schema.Properties?.TryAdd("code", new OpenApiSchema { Type = JsonSchemaType.String, Description = "A word that stays the same, to be acted upon." });
                }

                return Task.CompletedTask;
            });
        });
    }

    /// <summary>At `/openapi/v1.json`.</summary>
    public static void MapReference(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi();

    private static OpenApiInfo Describe(StillsOptions limits) => new()
    {
        Title = "EmotionStream",
        Version = "1",
        Description =
            $"What faces in pictures appear to express. A picture may have {limits.MaxBytes / 1_000_000} MB, {limits.MaxPixels / 1_000_000} million pixels and " +
            $"{limits.MaxSide} pixels a side; a request {limits.MaxPictures} pictures and {limits.MaxRequestBytes / 1_000_000} MB. Pictures stay in memory and are forgotten when they are answered, except for small crops of people who opt in to the face archive. " +
            "Every error is problem details (RFC 9457) with a `code`. Live streams use SignalR at /hubs/camera and /hubs/room instead.",
    };
}
