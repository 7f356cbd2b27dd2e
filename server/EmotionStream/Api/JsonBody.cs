namespace EmotionStream.Api;

/// <summary>Reads a request's JSON body.</summary>
internal static class JsonBody
{
    /// <summary>Null where the body is not JSON of that form.</summary>
    public static async Task<TRequest?> ReadAsync<TRequest>(HttpContext http)
        where TRequest : class
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<TRequest>(http.RequestAborted);
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
