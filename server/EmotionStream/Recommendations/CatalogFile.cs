using System.Security;
using EmotionStream.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Recommendations;

/// <summary>Holds the catalog and follows its file: a valid change is taken over, a broken one is logged and ignored.</summary>
/// <remarks>Looking is one thread's business; the catalog may be read by any.</remarks>
internal sealed partial class CatalogFile
{
    // The shipped catalog has 60 kB; beyond this it is another file by mistake.
    private const int MaxBytes = 8 << 20;

    private const string Part = "recommendations";

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Degradations _degradations;
    private readonly ILogger<CatalogFile> _logger;
    private volatile Catalog _catalog;
    private Stamp? _seen;
    private Stamp? _read;

    /// <exception cref="CatalogException">The file can't be used.</exception>
    public CatalogFile(IOptions<RecommendationsOptions> options, TimeProvider time, Degradations degradations, ILogger<CatalogFile> logger)
    {
        _path = Find(options.Value.Catalogue);
        (_time, _degradations, _logger) = (time, degradations, logger);
        _seen = _read = Stamp.Of(_path);
        var (catalog, problems) = Read();
        _catalog = catalog ?? throw new CatalogException(_path, problems);
    }

    public Catalog Catalog => _catalog;

    /// <summary>Reads the file if it has changed and holds still since the last look, so that a half-written one is left alone.</summary>
    public void Look()
    {
        var stamp = Stamp.Of(_path);
        var still = stamp == _seen;
        _seen = stamp;
        if (!still || stamp == _read)
        {
            return;
        }

        _read = stamp;
        var (catalog, problems) = Read();
        if (catalog is null)
        {
            _degradations.Report(Part, $"the old catalog stays, since the new one can't be used: {string.Join(" ", problems)}");
            LogRefused(_path, string.Join(" ", problems));
            return;
        }

        _catalog = catalog;
        _degradations.Report(Part, null);
        LogReplaced(_path, catalog.Works.Count);
    }

    private (Catalog? Catalog, IReadOnlyList<CatalogProblem> Problems) Read()
    {
        try
        {
            if (new FileInfo(_path) is { Exists: true, Length: > MaxBytes })
            {
                return (null, [new CatalogProblem(1, $"the file is larger than {MaxBytes >> 20} MB.")]);
            }

            // Next year's works are announced already.
            return CatalogReader.Read(File.ReadAllBytes(_path), _time.GetUtcNow().Year + 1);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SecurityException)
        {
            return (null, [new CatalogProblem(1, problem is FileNotFoundException or DirectoryNotFoundException ? "the file is gone." : $"the file can't be read ({problem.GetType().Name}).")]);
        }
    }

    /// <summary>As with models: a relative path is looked for where the server was started, then beside the program.</summary>
    private static string Find(string path) => File.Exists(path) ? Path.GetFullPath(path) : Path.Combine(AppContext.BaseDirectory, path);

    [LoggerMessage(Level = LogLevel.Information, Message = "The catalog of recommendations {Path} was reloaded: {Works} works.")]
    private partial void LogReplaced(string path, int works);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The new catalog of recommendations {Path} can't be used and the old one stays: {Problems}")]
    private partial void LogRefused(string path, string problems);

    /// <summary>Tells one state of the file from another; null when there is none.</summary>
    private sealed record Stamp(long Length, DateTime Written)
    {
        public static Stamp? Of(string path)
        {
            try
            {
                // An open file's own figures, since a path may be a link that itself never changes.
                using var file = File.OpenHandle(path);
                return new Stamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SecurityException)
            {
                return null;
            }
        }
    }
}
