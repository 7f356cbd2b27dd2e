using System.Reflection;
using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Contracts;

/// <summary>docs/refusals.md lists exactly what <see cref="Refusals"/> has.</summary>
public partial class RefusalTests
{
    [Fact]
    public void Docs_ListEveryRefusalWithItsStatus()
    {
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "refusals.md")))
            .Select(row => (row.Groups["code"].Value, int.Parse(row.Groups["status"].Value, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(All().Order(), documented.Order());
    }

    private static IEnumerable<(string Code, int Status)> All()
    {
        var fixedOnes = typeof(Refusals).GetProperties().Select(property => (Refusal)property.GetValue(null)!);
        var made = typeof(Refusals).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .Select(method => (Refusal)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!);
        // Values with a code of their own stand as bad_*.
        return fixedOnes.Concat(made)
            .Select(refusal => (refusal.Code.StartsWith("bad_", StringComparison.Ordinal) && refusal.Status == 400 ? "bad_*" : refusal.Code, refusal.Status))
            .Distinct();
    }

    private static object Argument(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(int) ? 1 : parameter.ParameterType == typeof(TimeSpan) ? TimeSpan.FromSeconds(1) : "x";

    [GeneratedRegex(@"^\| `(?<code>[a-z_*]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
