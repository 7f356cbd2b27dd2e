using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Watches a page's dealings with the camera, without changing them.</summary>
internal sealed class CameraSpy(IPage page)
{
    /// <summary>Runs in every page before its own scripts.</summary>
    public const string Script = """
        window.cameraSpy = { requests: 0, tracks: [] };
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (constraints) => {
          window.cameraSpy.requests++;
          const stream = await open(constraints);
          window.cameraSpy.tracks.push(...stream.getTracks());
          return stream;
        };
        """;

    public Task<int> RequestsAsync() => page.EvaluateAsync<int>("() => window.cameraSpy.requests");

    /// <summary>"live" or "ended", for each track that the page was ever given.</summary>
    public Task<string[]> TrackStatesAsync() => page.EvaluateAsync<string[]>("() => window.cameraSpy.tracks.map((track) => track.readyState)");
}
