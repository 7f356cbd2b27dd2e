using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Feedback.Archive;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests;

/// <summary>Pixels never leave the process: not to disk, unless encrypted, and not to a log, however talkative.</summary>
public class PrivacyTests
{
    [Fact]
    public async Task Streaming_WritesNoFile_AndLogsNoPixels()
    {
        var logs = new MemoryLogs();
        ConcurrentBag<string> written = [];
        var temporary = Directory.CreateTempSubdirectory("emotionstream-privacy-");
        var before = Environment.GetEnvironmentVariable("TMPDIR");
        Environment.SetEnvironmentVariable("TMPDIR", temporary.FullName);
        using var watchers = new Watchers(written, AppContext.BaseDirectory, Environment.CurrentDirectory, temporary.FullName);
        try
        {
            var picture = TestPictures.Face("happy");
            await using var server = await TestServer.StartAsync(builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
            foreach (var protocol in new[] { "json", "messagepack" })
            {
                await using var client = await server.ConnectAsync(protocol);
                await client.StartAsync(wantHeatmap: true);
                for (var sequence = 1; sequence <= 10; sequence++)
                {
                    await client.SubmitAsync(sequence, picture);
                    await client.NextAsync<Measured>();
                }

                // A frame that fails is where a careless log would show its content.
                await client.SubmitAsync(11, picture[..^100]);
                await client.NextAsync<Rejected>();
            }

            Assert.Empty(written);
            Assert.NotEmpty(logs.Lines);
            var pixels = Convert.ToBase64String(picture.AsSpan(600, 60));
            var hex = Convert.ToHexString(picture.AsSpan(600, 30));
            Assert.DoesNotContain(logs.Lines, line => line.Contains(pixels[4..^4], StringComparison.Ordinal) || line.Contains(hex, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(logs.Lines, line => line.Length > 4000);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Uploading_WritesNoFile_HoweverLarge_AndLogsNoPixels()
    {
        var logs = new MemoryLogs();
        // Made before anybody watches: ffmpeg writes it to a folder of its own.
        var mp4 = TestClips.Mp4;
        ConcurrentBag<string> written = [];
        var temporary = Directory.CreateTempSubdirectory("emotionstream-privacy-");
        var before = Environment.GetEnvironmentVariable("TMPDIR");
        Environment.SetEnvironmentVariable("TMPDIR", temporary.FullName);
        using var watchers = new Watchers(written, AppContext.BaseDirectory, Environment.CurrentDirectory, temporary.FullName);
        try
        {
            var picture = TestPictures.Face("happy");
            await using var server = await TestServer.StartAsync(builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
            using var http = server.CreateHttpClient();
            // What follows a JPEG's end does not disturb it; ASP.NET's own form reader would put so much on the disk.
            foreach (var file in new[] { picture, [.. picture, .. new byte[15_000_000]], picture[..^100] })
            {
                using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "image", "face.jpg" } };
                using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), form, TestContext.Current.CancellationToken);
                Assert.Equal(file.Length >= picture.Length, reply.IsSuccessStatusCode);
            }

            using var clip = new MultipartFormDataContent { { new ByteArrayContent(mp4), "video", "clip.mp4" } };
            using var taken = await http.PostAsync(new Uri("/api/v1/videos", UriKind.Relative), clip, TestContext.Current.CancellationToken);
            // Its events end when it has been measured.
            Assert.Contains("\"done\"", await http.GetStringAsync(new Uri(taken.Headers.Location + "/events", UriKind.Relative), TestContext.Current.CancellationToken));

            Assert.Empty(written);
            Assert.NotEmpty(logs.Lines);
            var pixels = Convert.ToBase64String(picture.AsSpan(600, 60));
            Assert.DoesNotContain(logs.Lines, line => line.Contains(pixels[4..^4], StringComparison.Ordinal) || line.Length > 4000);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task TheFaceArchive_LeavesPixelsNeitherOnTheDiskNorInALog()
    {
        const string Secret = "a contributor's own secret";
        var cancellation = TestContext.Current.CancellationToken;
        var logs = new MemoryLogs();
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs), [.. place.Settings, $"--Archive:Key={MadeArchive.NewKey()}"]);
        using var http = server.CreateHttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        using var picture = new ByteArrayContent(TestPictures.Face("happy")) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

        await http.PutAsync("/api/v1/archive/consent", null, cancellation);
        using var measured = await http.PostAsync("/api/v1/images?correct=true&archive=true", picture, cancellation);
        var token = (await measured.Content.ReadFromJsonAsync<JsonElement>(cancellation))
            .GetProperty("images")[0].GetProperty("faces")[0].GetProperty("correctionToken").GetString();
        using var corrected = await http.PostAsJsonAsync("/api/v1/corrections", new CorrectionRequest(token, "sad", Secret), cancellation);
        var shown = await http.GetFromJsonAsync<JsonElement>("/api/v1/archive/mine", cancellation);

        var face = Assert.Single(shown.GetProperty("faces").EnumerateArray());
        var crop = face.GetProperty("pixels").GetBytesFromBase64();
        Assert.True(place.IsOnDisk(Encoding.UTF8.GetBytes(face.GetProperty("id").GetString()!)));
        for (var start = 0; start < crop.Length; start += 24)
        {
            Assert.False(place.IsOnDisk(crop.AsSpan(start, 24)));
        }

        var (text, hex) = (Convert.ToBase64String(crop.AsSpan(600, 60)), Convert.ToHexString(crop.AsSpan(600, 30)));
        Assert.NotEmpty(logs.Lines);
        Assert.DoesNotContain(logs.Lines, line => line.Contains(text, StringComparison.Ordinal) || line.Contains(hex, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    /// <summary>ONNX Runtime's telemetry would leave a device id and a queue of events there, see OrtTelemetry.</summary>
    [Fact]
    public async Task AServerOnItsOwn_WritesNothingIntoItsHome()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (home, data) = (Directory.CreateTempSubdirectory("emotionstream-home-"), Directory.CreateTempSubdirectory("emotionstream-data-"));
        try
        {
            await using var server = await ServerProcess.StartAsync(
                environment =>
                {
                    environment["HOME"] = home.FullName;
                    environment.Remove("XDG_CACHE_HOME");
                    environment.Remove("ORT_DISABLE_TELEMETRY");
                },
                $"--Storage:DataDirectory={data.FullName}");
            using var http = new HttpClient { BaseAddress = server.Address };
            using var picture = new ByteArrayContent(TestPictures.Face("happy")) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
            using var measured = await http.PostAsync("/api/v1/images", picture, cancellation);
            var image = (await measured.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("images")[0];
            Assert.Single(image.GetProperty("faces").EnumerateArray());
            await server.StopAsync();

            Assert.Empty(home.EnumerateFileSystemInfos("*", SearchOption.AllDirectories));
        }
        finally
        {
            home.Delete(recursive: true);
            data.Delete(recursive: true);
        }
    }

    private sealed class Watchers : IDisposable
    {
        private readonly FileSystemWatcher[] _watchers;

        public Watchers(ConcurrentBag<string> written, params string[] folders) => _watchers = [.. folders.Distinct().Select(folder =>
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
            watcher.Created += (_, file) => written.Add(file.FullPath);
            watcher.Changed += (_, file) => written.Add(file.FullPath);
            watcher.EnableRaisingEvents = true;
            return watcher;
        })];

        public void Dispose()
        {
            foreach (var watcher in _watchers)
            {
                watcher.Dispose();
            }
        }
    }

    private sealed class MemoryLogs : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
