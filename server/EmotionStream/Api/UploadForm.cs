using EmotionStream.Contracts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EmotionStream.Api;

/// <summary>The parts of a multipart form, one by one as they arrive: nothing is read ahead, and nothing is put on the disk.</summary>
/// <remarks>ASP.NET's own form reader would write larger files to the disk.</remarks>
internal sealed class UploadForm(MultipartReader reader)
{
    // RFC 2046, 5.1.1.
    private const int MaxBoundary = 70;

    private const int MaxHeaders = 16;
    private const int MaxHeaderBytes = 8 * 1024;

    /// <summary>The form that a request has as its body; null when its body is something else.</summary>
    /// <exception cref="RefusedException">It is a form that can't be read.</exception>
    public static UploadForm? Of(HttpRequest request, MediaTypeHeaderValue type)
    {
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is > 0 and <= MaxBoundary
            ? new UploadForm(new MultipartReader(boundary.Value!, request.Body) { HeadersCountLimit = MaxHeaders, HeadersLengthLimit = MaxHeaderBytes })
            : throw Malformed();
    }

    /// <summary>The next part's name and content, to be read before the one after it; null at the end.</summary>
    public async Task<(string Name, Stream Content)?> NextAsync(CancellationToken cancellation)
    {
        var part = await GuardAsync(() => reader.ReadNextSectionAsync(cancellation));
        if (part is null)
        {
            return null;
        }

        // A file's name is never looked at.
        var name = ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString() : "";
        return (name, part.Body);
    }

    /// <summary>Tells a form that breaks off, while it or a part of it is read, from what the server is to blame for.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception problem) when (problem is InvalidDataException || (problem is IOException and not BadHttpRequestException))
        {
            throw Malformed();
        }
    }

    private static RefusedException Malformed() => new(Refusals.BadForm);
}
