using System.Runtime.CompilerServices;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace EmotionStream.Api.Pictures;

/// <summary>Reads what a DeepFace client sends: JSON, a form with files, or a form with texts.</summary>
internal sealed class AnalyzeReader(PictureRequest forms, PictureTexts texts, PictureBudget budget, IOptions<StillsOptions> options)
{
    public async Task<AnalyzeUpload> ReadAsync(HttpRequest request, string field)
    {
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        switch (type?.MediaType.Value?.ToLowerInvariant())
        {
            case "multipart/form-data":
                var settings = new AnalyzeRequest();
                return new AnalyzeUpload(settings, ReadFormAsync(request, field, settings));
            case "application/json":
                var json = await ReadBodyAsync(request);
                return Read(json, () => AnalyzeRequest.Parse(json.Memory));
            case "application/x-www-form-urlencoded":
                var form = await ReadBodyAsync(request);
                return Read(form, () => AnalyzeRequest.ParseForm(form.Memory, field));
            default:
                throw new RefusedException(Refusals.UnsupportedMediaType(
                    $"Send JSON {{\"{field}\": \"data:image/jpeg;base64,...\", \"actions\": [\"emotion\"]}}, or multipart/form-data with a picture in the field '{field}'."));
        }
    }

    private Task<PictureBytes> ReadBodyAsync(HttpRequest request) =>
        PictureBytes.ReadAsync(request.Body, options.Value.MaxRequestBytes, budget, request.HttpContext.RequestAborted);

    private AnalyzeUpload Read(PictureBytes body, Func<AnalyzeRequest> parse)
    {
        try
        {
            var settings = parse();
            settings.Check();
            if (settings.Images.Count == 0)
            {
                throw new RefusedException(Refusals.NoPicture("'img' was not found in the request."));
            }

            return settings.Images.Count <= options.Value.MaxPictures
                ? new AnalyzeUpload(settings, ReadTextsAsync(settings), body)
                : throw new RefusedException(Refusals.TooManyParts($"A request may have {options.Value.MaxPictures} pictures."));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async IAsyncEnumerable<PictureBytes> ReadTextsAsync(AnalyzeRequest settings, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var image in settings.Images)
        {
            yield return await texts.ReadAsync(image, cancellation);
        }
    }

    private async IAsyncEnumerable<PictureBytes> ReadFormAsync(
        HttpRequest request, string field, AnalyzeRequest settings, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var others = new Dictionary<string, string>();
        await foreach (var bytes in forms.ReadAsync(request, field, others).WithCancellation(cancellation))
        {
            yield return PictureTexts.IsText(bytes.Span) ? await ReadTextAsync(bytes, cancellation) : bytes;
        }

        foreach (var (name, value) in others)
        {
            settings.Set(name, value);
        }
    }

    private async Task<PictureBytes> ReadTextAsync(PictureBytes text, CancellationToken cancellation)
    {
        using (text)
        {
            return await texts.ReadAsync(text.Memory, cancellation);
        }
    }
}

/// <summary>A request as it was read: its settings, which a form completes at its end, and its pictures, to be taken one by one.</summary>
internal sealed record AnalyzeUpload(AnalyzeRequest Settings, IAsyncEnumerable<PictureBytes> Pictures, PictureBytes? Body = null) : IDisposable
{
    public void Dispose() => Body?.Dispose();
}
