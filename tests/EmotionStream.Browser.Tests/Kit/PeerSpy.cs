using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Reaches a page's connections to the others in a call, as a change of network would.</summary>
internal sealed class PeerSpy(IPage page)
{
    /// <summary>Runs in every page before its own scripts.</summary>
    public const string Script = """
        window.peerSpy = [];
        window.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(...options) {
            super(...options);
            window.peerSpy.push(this);
          }
        };
        """;

    /// <summary>Tells the page that the ways to everybody have failed.</summary>
    public Task FailAsync() => page.EvaluateAsync(
        """
        () => window.peerSpy.forEach((peer) => {
          Object.defineProperty(peer, "connectionState", { value: "failed", configurable: true });
          peer.dispatchEvent(new Event("connectionstatechange"));
          delete peer.connectionState;
        })
        """);

    /// <summary>The credentials of the way in use; a new way has new ones.</summary>
    public Task<string> WayAsync() =>
        page.EvaluateAsync<string>("() => window.peerSpy.map((peer) => /ice-ufrag:(\\S+)/.exec(peer.currentLocalDescription?.sdp ?? '')?.[1]).join()");

    public Task<string[]> StatesAsync() => page.EvaluateAsync<string[]>("() => window.peerSpy.map((peer) => peer.connectionState)");
}
