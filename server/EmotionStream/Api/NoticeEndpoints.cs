using EmotionStream.Api.Reference;
using EmotionStream.Faces;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api;

/// <summary>Hands the operator's own notice to the pages.</summary>
internal static class NoticeEndpoints
{
    public static IServiceCollection AddNotice(this IServiceCollection services)
    {
        services.AddValidated<ConsentOptions, ConsentOptionsValidator>(ConsentOptions.Section);
        return services.AddSingleton<IValidateOptions<ConsentOptions>, ConsentOptionsValidator>();
    }

    /// <summary>Plain text, or 204 when the operator has nothing to add.</summary>
    public static void MapNotice(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/notice", (IOptions<ConsentOptions> consent) =>
            string.IsNullOrWhiteSpace(consent.Value.Notice) ? Results.NoContent() : Results.Text(consent.Value.Notice))
            .Describe("Server", "The operator's own text for the consent notice; 204 without one.")
            .Produces<string>(contentType: "text/plain")
            .Produces(StatusCodes.Status204NoContent);
}
