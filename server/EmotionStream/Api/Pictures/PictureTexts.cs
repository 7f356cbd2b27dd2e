using System.Buffers;
using System.Buffers.Text;
using System.Text;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>Turns the text that stands for a picture into its bytes: a data URL, or an address that may be fetched.</summary>
internal sealed class PictureTexts(PictureFetcher fetcher, PictureBudget budget, IOptions<StillsOptions> options)
{
    private const int MaxAddress = 2048;

    /// <summary>Whether bytes are such a text, rather than a picture.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => IsDataUrl(bytes) || IsAddress(bytes);

    /// <exception cref="RefusedException">It is neither, or can't be read.</exception>
    public async Task<PictureBytes> ReadAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        if (IsDataUrl(text.Span))
        {
            return Decode(text.Span);
        }

        if (IsAddress(text.Span) && text.Length <= MaxAddress)
        {
            return await fetcher.FetchAsync(Encoding.UTF8.GetString(text.Span), cancellation);
        }

        throw new RefusedException(Refusals.NotAPictureText);
    }

    private static bool IsDataUrl(ReadOnlySpan<byte> text) => text.StartsWith("data:image/"u8);

    private static bool IsAddress(ReadOnlySpan<byte> text) => Starts(text, "http://"u8) || Starts(text, "https://"u8);

    private static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> with) =>
        text.Length >= with.Length && Ascii.EqualsIgnoreCase(text[..with.Length], with);

    private PictureBytes Decode(ReadOnlySpan<byte> url)
    {
        var comma = url.IndexOf((byte)',');
        var code = url[(comma + 1)..];
        if (comma < 0 || !url[..comma].EndsWith(";base64"u8))
        {
            throw BadBase64();
        }

        if (code.Length / 4L * 3 > options.Value.MaxBytes)
        {
            throw new RefusedException(Refusals.TooLarge);
        }

        var bytes = new PictureBytes(budget);
        try
        {
            var room = bytes.Reserve(Base64.GetMaxDecodedFromUtf8Length(code.Length));
            if (Base64.DecodeFromUtf8(code, room.Span, out _, out var written) != OperationStatus.Done)
            {
                throw BadBase64();
            }

            bytes.Advance(written, options.Value.MaxBytes);
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static RefusedException BadBase64() => new(Refusals.Bad("base64", "The picture's text is no base64: data:image/jpeg;base64,... is expected."));
}
