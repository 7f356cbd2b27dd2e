using System.Runtime.CompilerServices;
using System.Text;
using EmotionStream.Stills;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace EmotionStream.Api.Pictures;

/// <summary>Takes the pictures out of a request, one by one as they arrive, and keeps all of them in memory.</summary>
/// <remarks>ASP.NET's own form reader would put larger files on the disk; here a limit is reached instead. File names are never looked at.</remarks>
internal sealed class PictureRequest(PictureBudget budget, IOptions<StillsOptions> options)
{
    // RFC 2046, 5.1.1.
    private const int MaxBoundary = 70;

    private const int MaxHeaders = 16;
    private const int MaxHeaderBytes = 8 * 1024;
    private const int MaxTextBytes = 4 * 1024;

    // Beside pictures a form may have settings, and whatever fields a page adds.
    private const int MaxOtherParts = 64;

    private readonly StillsOptions _limits = options.Value;

    /// <summary>The pictures of a form's field, or the body itself where the whole request is a picture.</summary>
    /// <param name="texts">Is given the form's other fields, as far as they precede the end.</param>
    /// <exception cref="ApiProblem">The request is of the wrong kind, malformed or beyond a limit.</exception>
    public IAsyncEnumerable<PictureBytes> ReadAsync(HttpRequest request, string field, IDictionary<string, string>? texts = null)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw WrongType(field);
        }

        if (type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            return ReadBodyAsync(request);
        }

        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw WrongType(field);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is > 0 and <= MaxBoundary
            ? ReadFormAsync(request, boundary.Value!, field, texts ?? new Dictionary<string, string>())
            : throw Malformed();
    }

    private static ApiProblem WrongType(string field) => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
        $"Send multipart/form-data with each picture in a field '{field}', or one picture as the body with its own type, such as image/jpeg.");

    private static ApiProblem Malformed() => new(StatusCodes.Status400BadRequest, "bad_form", "The form is malformed or ends early.");

    private async IAsyncEnumerable<PictureBytes> ReadBodyAsync(HttpRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return await ReadPictureAsync(request.Body, cancellation);
    }

    private async IAsyncEnumerable<PictureBytes> ReadFormAsync(
        HttpRequest request, string boundary, string field, IDictionary<string, string> texts, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = MaxHeaders, HeadersLengthLimit = MaxHeaderBytes };
        var (pictures, others) = (0, 0);
        while (await NextAsync(reader, cancellation) is { } part)
        {
            var name = NameOf(part);
            if (name == field)
            {
                Limit(++pictures, _limits.MaxPictures);
                yield return await ReadPictureAsync(part.Body, cancellation);
            }
            else
            {
                Limit(++others, MaxOtherParts);
                await ReadTextAsync(name, part.Body, texts, cancellation);
            }
        }

        if (pictures == 0)
        {
            throw new ApiProblem(StatusCodes.Status400BadRequest, "no_picture", $"The form has no field '{field}'; each picture goes into one of that name.");
        }
    }

    private void Limit(int count, int most)
    {
        if (count > most)
        {
            throw new ApiProblem(StatusCodes.Status413PayloadTooLarge, "too_many_parts", $"A form may have {_limits.MaxPictures} pictures and {MaxOtherParts} other fields.");
        }
    }

    private static string NameOf(MultipartSection part) =>
        ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString() : "";

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellation);
        }
        catch (Exception problem) when (IsMalformed(problem))
        {
            throw Malformed();
        }
    }

    private async Task<PictureBytes> ReadPictureAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            return await PictureBytes.ReadAsync(stream, _limits.MaxBytes, budget, cancellation);
        }
        catch (Exception problem) when (IsMalformed(problem))
        {
            throw Malformed();
        }
    }

    /// <summary>Keeps a short field, the first of its name; a longer one is passed over.</summary>
    private static async Task ReadTextAsync(string name, Stream stream, IDictionary<string, string> texts, CancellationToken cancellation)
    {
        var buffer = new byte[MaxTextBytes];
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (length < buffer.Length)
            {
                texts.TryAdd(name, Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception problem) when (IsMalformed(problem))
        {
            throw Malformed();
        }
    }

    /// <summary>What the form reader throws at broken forms; Kestrel's own complaints are told apart by whoever answers.</summary>
    private static bool IsMalformed(Exception problem) => problem is InvalidDataException || (problem is IOException and not BadHttpRequestException);
}
