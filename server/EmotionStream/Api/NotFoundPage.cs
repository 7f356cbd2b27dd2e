namespace EmotionStream.Api;

/// <summary>Answers a browser that opens an address at which nothing is with a page; programs get the problem as JSON.</summary>
internal sealed class NotFoundPage : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return context.ProblemDetails.Status == StatusCodes.Status404NotFound
            && HttpMethods.IsGet(request.Method)
            && context.HttpContext.GetEndpoint() is null
            && !request.Path.StartsWithSegments("/api")
            && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var german = PlainPage.IsGerman(context.HttpContext.Request);
        var (title, lead, home) = german
            ? ("Seite nicht gefunden", "Unter dieser Adresse gibt es auf diesem Server keine Seite.", "Zur Startseite")
            : ("Page not found", "There is no page at this address on this server.", "Go to the start page");
        await PlainPage.Of(german, title, lead, $"<p><a href=\"/\">{home}</a></p>", StatusCodes.Status404NotFound).ExecuteAsync(context.HttpContext);
    }
}
