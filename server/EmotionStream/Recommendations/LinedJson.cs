using System.Text.Json;

namespace EmotionStream.Recommendations;

/// <summary>A JSON value that knows which line it begins on, so that a mistake in it can be pointed at.</summary>
internal sealed class LinedJson(JsonTokenType kind, int line, string text)
{
    // The catalog is four deep; a file of nothing but brackets must not fill the stack.
    private const int MaxDepth = 16;

    private readonly List<LinedMember> _members = [];
    private readonly List<LinedJson> _items = [];

    public JsonTokenType Kind => kind;

    public int Line => line;

    /// <summary>A string's content, or a number as it is written.</summary>
    public string Text => text;

    /// <summary>An object's members, in the file's order.</summary>
    public IReadOnlyList<LinedMember> Members => _members;

    /// <summary>An array's elements.</summary>
    public IReadOnlyList<LinedJson> Items => _items;

    /// <exception cref="JsonException">The text is no JSON; the exception knows the line.</exception>
    public static LinedJson Parse(ReadOnlySpan<byte> utf8)
    {
        var walk = new Walk(utf8);
        walk.Next();
        var root = walk.Value();
        walk.End();
        return root;
    }

    private ref struct Walk(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        private int _line = 1;
        private int _counted;

        public void Next()
        {
            _reader.Read();
            var start = (int)_reader.TokenStartIndex;
            _line += _utf8[_counted..start].Count((byte)'\n');
            _counted = start;
        }

        /// <summary>Anything after the value is an error of the reader's own.</summary>
        public void End() => _reader.Read();

        public LinedJson Value()
        {
            var kind = _reader.TokenType;
            var value = new LinedJson(kind, _line, kind switch
            {
                JsonTokenType.String => _reader.GetString()!,
                JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(_reader.ValueSpan),
                _ => string.Empty,
            });
            if (kind == JsonTokenType.StartArray)
            {
                for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
                {
                    value._items.Add(Value());
                }
            }
            else if (kind == JsonTokenType.StartObject)
            {
                for (Next(); _reader.TokenType != JsonTokenType.EndObject; Next())
                {
                    var (name, line) = (_reader.GetString()!, _line);
                    Next();
                    value._members.Add(new LinedMember(name, line, Value()));
                }
            }

            return value;
        }
    }
}

/// <summary>A named value of an object.</summary>
internal readonly record struct LinedMember(string Name, int Line, LinedJson Value);
