using EmotionStream.Stills;
using Microsoft.AspNetCore.WebUtilities;

namespace EmotionStream.Api;

/// <summary>Every error of every endpoint as problem details (RFC 9457), each with a `code` to act upon.</summary>
internal static class Problems
{
    private const string Code = "code";
    private const string RetryAfterSeconds = "1";

    public static IServiceCollection AddProblems(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            // An answer without a word of its own, such as 404, has its status as one: not_found.
            var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
            context.ProblemDetails.Extensions.TryAdd(Code, ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_'));
        });

    /// <summary>Errors that no endpoint answers itself: no such address or method, a wrong type, a failure of the server.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = problem => problem is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
    }

    /// <summary>Answers what a handler or the reading of its request throws.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        catch (Exception problem) when (Describe(problem) is { } described)
        {
            return Of(described, context.HttpContext);
        }
    });

    public static IResult Of(StillRefusal refusal, HttpContext context) => Of(Describe(refusal), context);

    public static IResult Of(ApiProblem problem, HttpContext context)
    {
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return Results.Problem(problem.Message, statusCode: problem.Status, extensions: new Dictionary<string, object?> { [Code] = problem.Code });
    }

    /// <summary>What to tell of an exception that the sender is to blame for; null for the server's own failures.</summary>
    public static ApiProblem? Describe(Exception problem) => problem switch
    {
        ApiProblem described => described,
        StillRefusedException refused => Describe(refused.Refusal),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ApiProblem(
            StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request has more bytes than this server takes."),
        BadHttpRequestException bad => new ApiProblem(bad.StatusCode, "bad_request", "The request ended early or is malformed."),
        _ => null,
    };

    public static ApiProblem Describe(StillRefusal refusal) => refusal switch
    {
        StillRefusal.Empty => new(StatusCodes.Status400BadRequest, "empty_picture", "The picture has no bytes."),
        StillRefusal.NotAPicture => new(StatusCodes.Status415UnsupportedMediaType, "not_a_picture", "The bytes are neither a JPEG nor a PNG nor a WebP picture."),
        StillRefusal.Undecodable => new(StatusCodes.Status422UnprocessableEntity, "undecodable", "The picture is cut short or damaged."),
        StillRefusal.TooLarge => new(StatusCodes.Status413PayloadTooLarge, "too_large", "The picture has more bytes than this server takes."),
        StillRefusal.TooManyPixels => new(StatusCodes.Status413PayloadTooLarge, "too_many_pixels", "The picture announces more pixels than this server takes."),
        StillRefusal.Busy => new(StatusCodes.Status503ServiceUnavailable, "busy", "Too many pictures are waiting; come back in a moment."),
        _ => new(StatusCodes.Status500InternalServerError, "failed", "The server failed on this picture."),
    };
}
