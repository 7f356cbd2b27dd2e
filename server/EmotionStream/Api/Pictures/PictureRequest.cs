using System.Runtime.CompilerServices;
using System.Text;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace EmotionStream.Api.Pictures;

/// <summary>Takes the pictures out of a request, one by one as they arrive, and keeps all of them in memory.</summary>
internal sealed class PictureRequest(PictureBudget budget, IOptions<StillsOptions> options)
{
    private const int MaxTextBytes = 4 * 1024;

    // Beside pictures a form may have settings, and whatever fields a page adds.
    private const int MaxOtherParts = 64;

    private readonly StillsOptions _limits = options.Value;

    /// <summary>The pictures of a form's field, or the body itself where the whole request is a picture.</summary>
    /// <param name="request">The request, whose body has not been read.</param>
    /// <param name="field">The name of the pictures' fields.</param>
    /// <param name="texts">Is given the form's other fields, as far as they precede the end.</param>
    /// <exception cref="RefusedException">The request is of the wrong kind, malformed or beyond a limit.</exception>
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

        return UploadForm.Of(request, type) is { } form
            ? ReadFormAsync(form, field, texts ?? new Dictionary<string, string>())
            : throw WrongType(field);
    }

    private static RefusedException WrongType(string field) => new(Refusals.UnsupportedMediaType(
        $"Send multipart/form-data with each picture in a field '{field}', or one picture as the body with its own type, such as image/jpeg."));

    private async IAsyncEnumerable<PictureBytes> ReadBodyAsync(HttpRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return await ReadPictureAsync(request.Body, cancellation);
    }

    private async IAsyncEnumerable<PictureBytes> ReadFormAsync(
        UploadForm form, string field, IDictionary<string, string> texts, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (pictures, others) = (0, 0);
        while (await form.NextAsync(cancellation) is { } part)
        {
            if (part.Name == field)
            {
                Limit(++pictures, _limits.MaxPictures);
                yield return await ReadPictureAsync(part.Content, cancellation);
            }
            else
            {
                Limit(++others, MaxOtherParts);
                await ReadTextAsync(part.Name, part.Content, texts, cancellation);
            }
        }

        if (pictures == 0)
        {
            throw new RefusedException(Refusals.NoPicture($"The form has no field '{field}'; each picture goes into one of that name."));
        }
    }

    private void Limit(int count, int most)
    {
        if (count > most)
        {
            throw new RefusedException(Refusals.TooManyParts($"A form may have {_limits.MaxPictures} pictures and {MaxOtherParts} other fields."));
        }
    }

    private Task<PictureBytes> ReadPictureAsync(Stream stream, CancellationToken cancellation) =>
        UploadForm.GuardAsync(() => PictureBytes.ReadAsync(stream, _limits.MaxBytes, budget, cancellation));

    /// <summary>Keeps a short field, the first of its name; a longer one is passed over.</summary>
    private static async Task ReadTextAsync(string name, Stream stream, IDictionary<string, string> texts, CancellationToken cancellation)
    {
        var buffer = new byte[MaxTextBytes];
        var length = await UploadForm.GuardAsync(() => stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).AsTask());
        if (length < buffer.Length)
        {
            texts.TryAdd(name, Encoding.UTF8.GetString(buffer, 0, length));
        }
    }
}
