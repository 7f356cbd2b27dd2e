namespace EmotionStream.Evaluation;

/// <summary>The options of one measuring command, each checked to be one that the command knows.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _values = [];

    /// <param name="args">What follows the command's name.</param>
    /// <param name="withValue">Options that a value follows.</param>
    /// <param name="flags">Options that stand alone.</param>
    public Arguments(ReadOnlySpan<string> args, string[] withValue, string[] flags)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (flags.Contains(name))
            {
                _values[name] = [];
            }
            else if (!withValue.Contains(name))
            {
                throw new EvaluationException($"There is no option '{name}'; there are {string.Join(", ", withValue.Concat(flags))}.");
            }
            else if (++i == args.Length || args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new EvaluationException($"A value is missing after {name}.");
            }
            else if (_values.TryGetValue(name, out var earlier))
            {
                earlier.Add(args[i]);
            }
            else
            {
                _values[name] = [args[i]];
            }
        }
    }

    public bool Has(string flag) => _values.ContainsKey(flag);

    public string Required(string name) => Optional(name) ?? throw new EvaluationException($"{name} is missing.");

    /// <summary>The value given last, if any.</summary>
    public string? Optional(string name) => _values.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>All values of an option that may be given several times.</summary>
    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];
}
