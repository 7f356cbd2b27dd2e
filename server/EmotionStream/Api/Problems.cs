using EmotionStream.Faces.Stills;
using EmotionStream.Feedback;
using EmotionStream.Storage;
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

    /// <param name="also">A further member, for clients that look elsewhere.</param>
    public static IResult Of(ApiProblem problem, HttpContext context, (string Name, string Value)? also = null)
    {
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var extensions = new Dictionary<string, object?> { [Code] = problem.Code };
        if (also is { } member)
        {
            extensions.Add(member.Name, member.Value);
        }

        return Results.Problem(problem.Message, statusCode: problem.Status, extensions: extensions);
    }

    /// <summary>What to tell of an exception that the sender is to blame for; null for the server's own failures.</summary>
    public static ApiProblem? Describe(Exception problem) => problem switch
    {
        ApiProblem described => described,
        StillRefusedException refused => Describe(refused.Refusal),
        FeedbackException { Refusal: var refusal } => new ApiProblem(StatusOf(refusal), refusal.Code, refusal.Detail),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ApiProblem(
            StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request has more bytes than this server takes."),
        _ when Database.IsOutage(problem) => new ApiProblem(
            StatusCodes.Status503ServiceUnavailable, "storage_unavailable", "What the server keeps can't be reached at present. Try again later."),
        BadHttpRequestException bad => new ApiProblem(bad.StatusCode, "bad_request", "The request ended early or is malformed."),
        _ => null,
    };

    public static ApiProblem Describe(StillRefusal refusal)
    {
        var (code, detail) = StillProblems.Describe(refusal);
        return new ApiProblem(StatusOf(refusal), code, detail);
    }

    private static int StatusOf(StillRefusal refusal) => refusal switch
    {
        StillRefusal.Empty => StatusCodes.Status400BadRequest,
        StillRefusal.NotAPicture => StatusCodes.Status415UnsupportedMediaType,
        StillRefusal.Undecodable => StatusCodes.Status422UnprocessableEntity,
        StillRefusal.TooLarge or StillRefusal.TooManyPixels => StatusCodes.Status413PayloadTooLarge,
        StillRefusal.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static int StatusOf(FeedbackRefusal refusal) => refusal.Code switch
    {
        "feedback_off" or "archive_off" or "not_opted_in" => StatusCodes.Status403Forbidden,
        "unknown_face" or "unknown_version" or "unknown_session" => StatusCodes.Status404NotFound,
        "rate_limited" or "too_many_contributors" => StatusCodes.Status429TooManyRequests,
        "already_running" or "nothing_before" or "overtaken" or "not_passed" => StatusCodes.Status409Conflict,
        "bad_model" => StatusCodes.Status422UnprocessableEntity,
        "full" or "storage_unavailable" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
