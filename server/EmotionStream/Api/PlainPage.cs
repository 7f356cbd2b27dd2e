namespace EmotionStream.Api;

/// <summary>A page that the server writes itself, in the reader's language. It works without a script.</summary>
internal static class PlainPage
{
    public static bool IsGerman(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.MaxBy(language => language.Quality ?? 1)?.Value.StartsWith("de", StringComparison.OrdinalIgnoreCase) == true;

    /// <param name="content">HTML; what comes from outside is encoded in it already.</param>
    public static IResult Of(bool german, string title, string lead, string content, int status) => Results.Content(
        $"""
        <!doctype html>
        <html lang="{(german ? "de" : "en")}">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="dark light" />
            <title>{title} · EmotionStream</title>
            <link rel="icon" href="/icon.svg" type="image/svg+xml" />
            <link rel="stylesheet" href="/dist/kit.css" />
          </head>
          <body>
            <main id="content">
              <div class="intro"><h1>{title}</h1><p class="lead">{lead}</p></div>
              {content}
            </main>
          </body>
        </html>

        """,
        "text/html; charset=utf-8",
        statusCode: status);
}
