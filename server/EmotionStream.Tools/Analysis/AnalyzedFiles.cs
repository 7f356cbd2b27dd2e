using EmotionStream.Contracts;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tools.Analysis;

/// <summary>Has picture files measured as uploads are.</summary>
internal sealed class AnalyzedFiles(IServiceProvider services)
{
    private readonly StillService _stills = services.GetRequiredService<StillService>();
    private readonly PictureBudget _budget = services.GetRequiredService<PictureBudget>();
    private readonly StillsOptions _limits = services.GetRequiredService<IOptions<StillsOptions>>().Value;

    public async Task<IReadOnlyList<MeasuredFile>> MeasureAsync(IReadOnlyList<string> files, bool withHeatmap)
    {
        var problems = new string?[files.Count];
        var measured = await _stills.MeasureAsync(ReadAsync(files, problems), CancellationToken.None);
        List<MeasuredFile> results = [];
        var next = 0;
        for (var i = 0; i < files.Count; i++)
        {
            results.Add(problems[i] is { } problem
                ? new MeasuredFile(files[i], 0, 0, [], problem)
                : Describe(files[i], measured[next++], withHeatmap));
        }

        return results;
    }

    private static MeasuredFile Describe(string file, Still still, bool withHeatmap) => new(
        file, still.Picture.Width, still.Picture.Height, Readings.Still(still.Picture, withHeatmap), still.Refusal?.Detail);

    /// <summary>The files that can be read; why others can't is noted in their place.</summary>
    private async IAsyncEnumerable<PictureBytes> ReadAsync(IReadOnlyList<string> files, string?[] problems)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var bytes = await TryReadAsync(files[i]);
            problems[i] = bytes.Problem;
            if (bytes.Picture is { } picture)
            {
                yield return picture;
            }
        }
    }

    private async Task<(PictureBytes? Picture, string? Problem)> TryReadAsync(string file)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            return (await PictureBytes.ReadAsync(stream, _limits.MaxBytes, _budget, CancellationToken.None), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Refusal.Detail);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"The file can't be read: {problem.Message}");
        }
    }
}

/// <summary>One file's answer: its faces, or why it has none.</summary>
internal sealed record MeasuredFile(string File, int Width, int Height, IReadOnlyList<StillFace> Faces, string? Problem);
