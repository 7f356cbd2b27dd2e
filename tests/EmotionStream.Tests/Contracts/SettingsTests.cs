using System.Reflection;
using EmotionStream.Faces;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Contracts;

/// <summary>docs/operating.md lists every setting as the options classes have it.</summary>
public class SettingsTests
{
    /// <summary>Rewrites the table where WRITE_SETTINGS is set.</summary>
    [Fact]
    public async Task Docs_ListEverySetting()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(Repository.Folder, "docs", "operating.md");
        var page = await File.ReadAllTextAsync(path, cancellation);
        var written = SettingsTable.Write(Options());
        var start = page.IndexOf(SettingsTable.Header, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{path} has no table of settings.");
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal) is var blank and >= 0 ? blank + 1 : page.Length;
        if (Environment.GetEnvironmentVariable("WRITE_SETTINGS") is not null)
        {
            await File.WriteAllTextAsync(path, page[..start] + written + page[end..], cancellation);
            return;
        }

        Assert.Equal(written, page[start..end]);
    }

    /// <summary>What <see cref="OptionsRegistration.AddValidated"/> takes: options with a validator and a section.</summary>
    private static IEnumerable<Type> Options() =>
        new[] { typeof(EmotionStreamServer).Assembly, typeof(OptionsRegistration).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetInterfaces())
            .Where(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
            .Select(implemented => implemented.GetGenericArguments()[0])
            .Where(options => options.GetField(SettingsTable.SectionField, BindingFlags.Public | BindingFlags.Static) is not null)
            .Distinct();
}
