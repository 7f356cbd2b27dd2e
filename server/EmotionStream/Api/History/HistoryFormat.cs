using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;

namespace EmotionStream.Api.History;

/// <summary>One way to write readings down, one after the other, into a buffer that somebody else empties.</summary>
internal abstract class HistoryFormat
{
    protected const string Note = "How faces appeared, as estimated by a model; not what anyone felt.";

    public static JsonSerializerOptions Wire { get; } = CreateWire();

    public abstract string ContentType { get; }

    public abstract string Extension { get; }

    /// <summary>The format of that name: json, jsonl or csv; null if there is none.</summary>
    public static HistoryFormat? Of(string name) => name switch
    {
        "json" => new Json(),
        "jsonl" => new JsonLines(),
        "csv" => new Csv(),
        _ => null,
    };

    public virtual void Begin(IBufferWriter<byte> output)
    {
    }

    public abstract void Write(IBufferWriter<byte> output, HistoryReading reading);

    public virtual void End(IBufferWriter<byte> output)
    {
    }

    protected static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    protected static void WriteObject(IBufferWriter<byte> output, HistoryReading reading)
    {
        using var json = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(json, reading, Wire);
    }

    private static JsonSerializerOptions CreateWire()
    {
        var options = new JsonSerializerOptions();
        WireJson.Configure(options);
        return options;
    }

    /// <summary>One object with everything in it.</summary>
    private sealed class Json : HistoryFormat
    {
        private string _before = "\n";

        public override string ContentType => "application/json";

        public override string Extension => "json";

        public override void Begin(IBufferWriter<byte> output) =>
            Write(output, $"{{\"note\":{JsonSerializer.Serialize(Note)},\"labels\":{JsonSerializer.Serialize(EmotionLabels.All)},\"readings\":[");

        public override void Write(IBufferWriter<byte> output, HistoryReading reading)
        {
            Write(output, _before);
            WriteObject(output, reading);
            _before = ",\n";
        }

        public override void End(IBufferWriter<byte> output) => Write(output, "]}\n");
    }

    /// <summary>One object a line.</summary>
    private sealed class JsonLines : HistoryFormat
    {
        public override string ContentType => "application/jsonl";

        public override string Extension => "jsonl";

        public override void Write(IBufferWriter<byte> output, HistoryReading reading)
        {
            WriteObject(output, reading);
            Write(output, "\n");
        }
    }

    /// <summary>A table for spreadsheets (RFC 4180), with the columns of the pages' own exports.</summary>
    private sealed class Csv : HistoryFormat
    {
        private static readonly string Head =
            $"time,room,id,name,face,readings,dominant,certainty,{string.Join(',', EmotionLabels.All)},valence,arousal\r\n";

        public override string ContentType => "text/csv; charset=utf-8";

        public override string Extension => "csv";

        public override void Begin(IBufferWriter<byte> output) => Write(output, Head);

        public override void Write(IBufferWriter<byte> output, HistoryReading reading)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(reading.At).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Write(output, $"{time},{Cell(reading.Room)},{Cell(reading.Person)},{Cell(reading.Name)},{Cell(reading.Face)},");
            Write(output, string.Create(CultureInfo.InvariantCulture, $"{reading.Readings},{reading.Dominant},{reading.Certainty:0.####}"));
            foreach (var share in reading.Emotions)
            {
                Write(output, string.Create(CultureInfo.InvariantCulture, $",{share:0.####}"));
            }

            Write(output, string.Create(CultureInfo.InvariantCulture, $",{reading.Valence:0.####},{reading.Arousal:0.####}\r\n"));
        }

        /// <summary>A text that a spreadsheet would take for a formula gets an apostrophe, since names come from strangers (OWASP, "CSV Injection").</summary>
        private static string Cell(string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return "";
            }

            var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
            return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
        }
    }
}
