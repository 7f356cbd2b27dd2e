using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;

namespace EmotionStream.Api.Pictures;

/// <summary>What a client of DeepFace's `/analyze` asks for, as JSON or as form fields.</summary>
/// <remarks>Other values of `detector_backend`, `align`, `silent` and the like choose among DeepFace's own parts; they are accepted and change nothing here.</remarks>
internal sealed class AnalyzeRequest
{
    // The longest setting by far is a list of actions.
    private const int MaxSettingBytes = 4 * 1024;

    private static readonly string[] Known = ["emotion", "age", "gender", "race"];

    /// <summary>The texts of `img`, data URLs or addresses, within the request's own bytes.</summary>
    public List<ReadOnlyMemory<byte>> Images { get; } = [];

    /// <summary>Whether `img` was a list, so that the answer is one, too.</summary>
    public bool IsList { get; private set; }

    private List<string>? Actions { get; set; }

    public bool EnforceDetection { get; private set; } = true;

    private bool AntiSpoofing { get; set; }

    /// <exception cref="RefusedException">It is no JSON object.</exception>
    public static AnalyzeRequest Parse(ReadOnlyMemory<byte> json)
    {
        var request = new AnalyzeRequest();
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw Malformed();
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isImage = reader.ValueTextEquals("img"u8);
                var name = isImage || reader.ValueSpan.Length > MaxSettingBytes ? "" : reader.GetString()!;
                reader.Read();
                if (isImage)
                {
                    request.ReadImages(ref reader, json);
                }
                else
                {
                    request.ReadSetting(name, ref reader);
                }
            }

            return request;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Text that is no UTF-8 is an invalid operation to the reader.
            throw Malformed();
        }
    }

    /// <summary>Reads `name=value` pairs as pages send them without files.</summary>
    public static AnalyzeRequest ParseForm(ReadOnlyMemory<byte> form, string field)
    {
        var request = new AnalyzeRequest();
        foreach (var pair in form.Span.Split((byte)'&'))
        {
            var text = form.Span[pair];
            var split = text.IndexOf((byte)'=');
            if (split < 0 || split > MaxSettingBytes)
            {
                continue;
            }

            var name = Decode(text[..split]);
            var value = text[(split + 1)..];
            if (name == field)
            {
                request.Images.Add(WebUtility.UrlDecodeToBytes(value.ToArray(), 0, value.Length));
            }
            else if (value.Length <= MaxSettingBytes)
            {
                request.Set(name, Decode(value));
            }
        }

        return request;
    }

    /// <summary>Takes one form field.</summary>
    public void Set(string name, string value)
    {
        switch (name)
        {
            case "actions":
                // A list in whatever brackets and quotes the client's language writes it.
                Actions = [.. value.Split([',', '[', ']', '(', ')', '"', '\'', ' '], StringSplitOptions.RemoveEmptyEntries)];
                break;
            case "enforce_detection":
                EnforceDetection = EnforceDetection && IsTrue(value);
                break;
            case "detector_backend" when value == "skip":
                // The client's pictures are faces already cut out: one in which none is found is taken as a whole.
                EnforceDetection = false;
                break;
            case "anti_spoofing":
                AntiSpoofing = IsTrue(value);
                break;
        }
    }

    /// <exception cref="RefusedException">Something is asked for that this server does not do.</exception>
    public void Check()
    {
        foreach (var action in Actions ?? [])
        {
            if (!Known.Contains(action))
            {
                throw new RefusedException(Refusals.UnknownAction("An action is one of emotion, age, gender and race; this server offers emotion."));
            }

            if (action != "emotion")
            {
                throw new RefusedException(Refusals.ActionNotOffered($"The action {action} is not offered: this server judges expressions, never age, gender or race. Ask for the action emotion."));
            }
        }

        if (AntiSpoofing)
        {
            throw new RefusedException(Refusals.ActionNotOffered("anti_spoofing is not offered by this server."));
        }
    }

    private static RefusedException Malformed() => new(Refusals.BadRequest("The body is no JSON object."));

    private static string Decode(ReadOnlySpan<byte> text) => WebUtility.UrlDecode(Encoding.UTF8.GetString(text));

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private void ReadImages(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        Images.Clear();
        IsList = reader.TokenType == JsonTokenType.StartArray;
        if (!IsList)
        {
            AddImage(ref reader, json);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            AddImage(ref reader, json);
        }
    }

    private void AddImage(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new RefusedException(Refusals.NoPicture("'img' is a text, or a list of texts: data:image/...;base64,..."));
        }

        if (!reader.ValueIsEscaped)
        {
            // Behind the quotation mark; a picture's text is not copied.
            Images.Add(json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
            return;
        }

        // Some languages write every slash as \/.
        var text = new byte[reader.ValueSpan.Length];
        Images.Add(text.AsMemory(0, reader.CopyString(text)));
    }

    private void ReadSetting(string name, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                Set(name, reader.GetBoolean().ToString(CultureInfo.InvariantCulture));
                break;
            case JsonTokenType.String when reader.ValueSpan.Length <= MaxSettingBytes:
                Set(name, reader.GetString()!);
                break;
            case JsonTokenType.StartArray when name == "actions":
                Set(name, ReadList(ref reader));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static string ReadList(ref Utf8JsonReader reader)
    {
        var list = new StringBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || list.Length + reader.ValueSpan.Length > MaxSettingBytes)
            {
                throw new RefusedException(Refusals.UnknownAction("'actions' is a list of words; this server offers emotion."));
            }

            list.Append(reader.GetString()).Append(',');
        }

        return list.ToString();
    }
}
