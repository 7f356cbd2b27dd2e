using System.Globalization;
using EmotionStream.Contracts;
using EmotionStream.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace EmotionStream.Api;

/// <summary>Every error of every endpoint as problem details (RFC 9457), each with a `code` to act upon.</summary>
internal static class Problems
{
    private const string Code = "code";
    private const string RetryAfterSeconds = "1";

    public static IServiceCollection AddProblems(this IServiceCollection services) => services.AddSingleton<IProblemDetailsWriter, NotFoundPage>().AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            // An answer without a word of its own, such as 404, has its status as one: not_found.
            var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
            context.ProblemDetails.Extensions.TryAdd(
                Code, context.Exception is OutOfMemoryException ? Refusals.OutOfMemory.Code : ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_'));
        });

    /// <summary>Errors that no endpoint answers itself: no such address or method, a wrong type, a failure of the server.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = problem => problem switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                OutOfMemoryException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
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

    /// <param name="also">A further member, for clients that look elsewhere.</param>
    public static IResult Of(Refusal refusal, HttpContext context, (string Name, string Value)? also = null)
    {
        var headers = context.Response.Headers;
        if (refusal.RetryAfter is { } wait)
        {
            headers.RetryAfter = ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        switch (refusal.Status)
        {
            case StatusCodes.Status503ServiceUnavailable:
                headers.RetryAfter = RetryAfterSeconds;
                break;
            case StatusCodes.Status401Unauthorized:
                headers.WWWAuthenticate = "Bearer";
                break;
        }

        var extensions = new Dictionary<string, object?> { [Code] = refusal.Code };
        if (also is { } member)
        {
            extensions.Add(member.Name, member.Value);
        }

        return Results.Problem(refusal.Detail, statusCode: refusal.Status, extensions: extensions);
    }

    /// <summary>What to say of an exception that the sender is to blame for, or that time may cure; null for the server's own failures.</summary>
    public static Refusal? Describe(Exception problem) => problem switch
    {
        RefusedException refused => refused.Refusal,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusals.RequestTooLarge,
        OutOfMemoryException => Refusals.OutOfMemory,
        _ when Database.IsOutage(problem) => Refusals.StorageUnavailable,
        BadHttpRequestException bad => Refusals.BadRequest("The request ended early or is malformed.") with { Status = bad.StatusCode },
        _ => null,
    };
}
