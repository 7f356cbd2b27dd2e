using System.Net;
using EmotionStream.Api;

namespace EmotionStream.Edge;

/// <summary>The page on which a person gives the key to a server that has one.</summary>
internal static class AccessPage
{
    /// <param name="to">Where the person wanted to go.</param>
    public static IResult Of(HttpRequest request, bool refused, string to)
    {
        var german = PlainPage.IsGerman(request);
        var (title, lead, label, enter, wrong) = german
            ? ("Zugang", "Dieser Server nimmt Bilder nur von Personen an, denen sein Betreiber einen Schlüssel gegeben hat.", "Schlüssel", "Öffnen", "Diesen Schlüssel kennt der Server nicht.")
            : ("Access", "This server takes pictures only from people to whom its operator has given a key.", "Key", "Enter", "The server does not know this key.");
        var form = $"""
            {(refused ? $"<p class=\"alert\" role=\"alert\">{wrong}</p>" : "")}
                  <form class="card choose-room" method="post" action="{CallerKeys.Page}">
                    <input type="hidden" name="to" value="{WebUtility.HtmlEncode(to)}" />
                    <label class="field"><span>{label}</span><input name="key" type="password" autocomplete="current-password" required autofocus /></label>
                    <button class="primary" type="submit">{enter}</button>
                  </form>
            """;
        return PlainPage.Of(german, title, lead, form, refused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
    }
}
