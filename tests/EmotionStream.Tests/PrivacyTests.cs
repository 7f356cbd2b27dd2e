using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Archive;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests;

/// <summary>Pixels never leave the process: not to disk, unless encrypted, and not to a log, however talkative.</summary>
[Collection(nameof(Alone))]
public class PrivacyTests
{
    [Fact]
    public async Task Streaming_WritesNoFile_AndLogsNoPixels()
    {
        await using var places = new Places();
        var picture = TestPictures.Face("happy");
        await using var server = await places.StartServerAsync();
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

        await places.AssertHaveNoneOfAsync(picture);
    }

    [Fact]
    public async Task Uploading_WritesNoFile_HoweverLarge_AndLogsNoPixels()
    {
        // Made before anybody watches: ffmpeg writes it to a folder of its own.
        var mp4 = TestClips.Mp4;
        await using var places = new Places();
        var picture = TestPictures.Face("happy");
        await using var server = await places.StartServerAsync();
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

        await places.AssertHaveNoneOfAsync(picture, mp4);
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
        var pixels = new Pixels(crop);
        Assert.True(place.IsOnDisk(Encoding.UTF8.GetBytes(face.GetProperty("id").GetString()!)));
        Assert.False(pixels.AreInFolder(place.Folder));
        Assert.NotEmpty(logs.Lines);
        Assert.DoesNotContain(logs.Lines, pixels.AreIn);
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal));

        // On purpose, so that the search is known to find them.
        await File.WriteAllBytesAsync(Path.Combine(place.Folder, "on-purpose"), crop, cancellation);
        Assert.True(pixels.AreInFolder(place.Folder));
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

    /// <summary>Wherever a server could leave pixels: its data, the folder for temporary files, the program's own, and the log at its most talkative.</summary>
    private sealed class Places : IAsyncDisposable
    {
        private readonly string? _temporaryBefore = Environment.GetEnvironmentVariable("TMPDIR");
        private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("emotionstream-privacy-");
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("emotionstream-data-");
        private readonly MemoryLogs _logs = new();
        private readonly FolderWatch _watch;

        public Places()
        {
            // It outlives this, so it must not be made in here.
            _ = TestServer.DefaultData;
            Environment.SetEnvironmentVariable("TMPDIR", _temporary.FullName);
            _watch = new FolderWatch(AppContext.BaseDirectory, Environment.CurrentDirectory, _temporary.FullName, _data.FullName);
        }

        public Task<TestServer> StartServerAsync() => TestServer.StartAsync(
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs), $"--Storage:DataDirectory={_data.FullName}");

        public async Task AssertHaveNoneOfAsync(params byte[][] sent)
        {
            Assert.DoesNotContain(await _watch.WrittenAsync(), file => !file.StartsWith(_data.FullName, StringComparison.Ordinal));
            Assert.NotEmpty(_logs.Lines);
            Assert.DoesNotContain(_logs.Lines, line => line.Length > 4000);
            foreach (var file in sent)
            {
                var pixels = new Pixels(file);
                Assert.False(pixels.AreInFolder(_data.FullName));
                Assert.DoesNotContain(_logs.Lines, pixels.AreIn);

                // On purpose, so that the searches are known to find them.
                var leak = Path.Combine(_data.FullName, "on-purpose");
                await File.WriteAllBytesAsync(leak, file[100..200], TestContext.Current.CancellationToken);
                Assert.Contains(leak, await _watch.WrittenAsync());
                Assert.True(pixels.AreInFolder(_data.FullName));
                Assert.True(pixels.AreIn($"frame {Convert.ToBase64String(file, 50, 100)}") && pixels.AreIn(Convert.ToHexStringLower(file)));
                File.Delete(leak);
            }
        }

        public ValueTask DisposeAsync()
        {
            _watch.Dispose();
            Environment.SetEnvironmentVariable("TMPDIR", _temporaryBefore);
            _temporary.Delete(recursive: true);
            _data.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
