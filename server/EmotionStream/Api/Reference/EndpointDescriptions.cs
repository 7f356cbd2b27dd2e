using EmotionStream.Faces.Stills;
using Microsoft.OpenApi;

namespace EmotionStream.Api.Reference;

/// <summary>How endpoints are described for the reference, in the chain that maps them.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Under which heading an endpoint stands, what it does in a sentence, and with which errors it answers.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string heading, string summary, params int[] problems)
    {
        endpoint.WithTags(heading).WithSummary(summary);
        foreach (var status in problems)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }

    /// <summary>The body is a form with pictures, or one picture.</summary>
    public static RouteHandlerBuilder TakesPictures(this RouteHandlerBuilder endpoint, string field, StillsOptions limits, bool orOneAsBody = true) => endpoint.TakesBody(body =>
    {
        body["multipart/form-data"] = Form(field, new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = limits.MaxPictures, Items = Binary() });
        if (orOneAsBody)
        {
            body["image/*"] = new OpenApiMediaType { Schema = Binary() };
        }
    });

    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint, Action<IDictionary<string, OpenApiMediaType>> describe) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var content = new Dictionary<string, OpenApiMediaType>();
            describe(content);
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
            return Task.CompletedTask;
        });

    /// <summary>Query parameters that the endpoint reads by itself.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, params (string Name, string Description, bool Required)[] parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. operation.Parameters ?? [], .. parameters.Select(parameter => new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Required = parameter.Required,
                Schema = Text(parameter.Description),
                Description = parameter.Description,
            })];
            return Task.CompletedTask;
        });

    public static OpenApiMediaType Form(string field, IOpenApiSchema schema, params (string Name, IOpenApiSchema Schema)[] others) => new()
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { field },
            Properties = others.Prepend((field, schema)).ToDictionary(member => member.Item1, member => member.Item2),
        },
    };

    public static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    public static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
