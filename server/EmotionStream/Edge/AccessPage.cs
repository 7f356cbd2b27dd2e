using System.Net;

namespace EmotionStream.Edge;

/// <summary>The page on which a person gives the key to a server that has one. It works without a script.</summary>
internal static class AccessPage
{
    /// <param name="to">Where the person wanted to go.</param>
    public static string Of(bool german, bool refused, string to)
    {
        var (title, lead, label, enter, wrong) = german
            ? ("Zugang", "Dieser Server nimmt Bilder nur von Personen an, denen sein Betreiber einen Schlüssel gegeben hat.", "Schlüssel", "Öffnen", "Diesen Schlüssel kennt der Server nicht.")
            : ("Access", "This server takes pictures only from people to whom its operator has given a key.", "Key", "Enter", "The server does not know this key.");
        return $"""
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
                  {(refused ? $"<p class=\"alert\" role=\"alert\">{wrong}</p>" : "")}
                  <form class="card choose-room" method="post" action="{CallerKeys.Page}">
                    <input type="hidden" name="to" value="{WebUtility.HtmlEncode(to)}" />
                    <label class="field"><span>{label}</span><input name="key" type="password" autocomplete="current-password" required autofocus /></label>
                    <button class="primary" type="submit">{enter}</button>
                  </form>
                </main>
              </body>
            </html>

            """;
    }
}
