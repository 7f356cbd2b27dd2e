using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>The room's call as a person meets it: what can be seen and pressed, each named once.</summary>
internal sealed class CallPage(IPage page)
{
    public IPage Page => page;

    public CameraSpy Camera { get; } = new(page);

    public PeerSpy Peers { get; } = new(page);

    public ILocator Notice => page.GetByTestId("notice");

    public ILocator Name => page.GetByTestId("name");

    public ILocator Join => page.GetByTestId("join");

    public ILocator Call => page.GetByTestId("call");

    public ILocator Sign => page.GetByTestId("sign");

    public ILocator Stop => page.GetByTestId("stop");

    public ILocator Microphone => page.GetByTestId("microphone");

    public ILocator CameraButton => page.GetByTestId("camera");

    public ILocator Share => page.GetByTestId("share");

    public ILocator Leave => page.GetByTestId("leave");

    public ILocator Status => page.GetByTestId("status");

    public ILocator Error => page.GetByTestId("error");

    public ILocator Mood => page.GetByTestId("mood-strip");

    /// <summary>The dialog in which a person says what their own face showed.</summary>
    public ILocator Correction => page.GetByTestId("correction");

    public ILocator Tiles => page.GetByTestId("tile");

    public ILocator Tile(string name) => Tiles.Filter(new LocatorFilterOptions { HasText = name });

    /// <summary>How the tile's person appears, in words.</summary>
    public ILocator Reading(string name) => Tile(name).GetByTestId("tile-reading");

    /// <summary>What opens it, on the tiles that have it.</summary>
    public ILocator NotRight => Tiles.GetByTestId("not-right");

    public async Task JoinAsync(string name, string share = "full", string purpose = "personal")
    {
        await Name.FillAsync(name);
        await page.GetByTestId($"share-{share}").CheckAsync();
        await page.GetByTestId("purpose").SelectOptionAsync(purpose);
        await Join.ClickAsync();
    }

    /// <summary>Waits until new pictures of somebody keep coming.</summary>
    public async Task ExpectPicturesAsync(string name)
    {
        await Expect(Tile(name)).ToHaveCountAsync(1);
        var tile = await Tile(name).ElementHandleAsync();
        var before = await tile.EvaluateAsync<int>("(tile) => tile.querySelector('video').getVideoPlaybackQuality().totalVideoFrames");
        await page.WaitForFunctionAsync(
            """
            ({ tile, before }) => {
              const video = tile.querySelector("video");
              return video.videoWidth >= 320 && video.getVideoPlaybackQuality().totalVideoFrames >= before + 3;
            }
            """,
            new { tile, before },
            new PageWaitForFunctionOptions { Timeout = Patience });
    }

    /// <summary>Waits until something is drawn over somebody's picture.</summary>
    public async Task ExpectOverlayAsync(string name) =>
        await page.WaitForFunctionAsync(
            """
            (tile) => {
              const canvas = tile.querySelector("canvas");
              return canvas.width > 0 && canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
            }
            """,
            await Tile(name).ElementHandleAsync(),
            new PageWaitForFunctionOptions { Timeout = Patience });

    /// <summary>Waits until nothing on somebody's tile says how the person appears.</summary>
    public async Task ExpectNoReadingAsync(string name)
    {
        await Expect(Tile(name)).ToHaveAttributeAsync("data-dominant", "");
        await Expect(Tile(name)).ToHaveAttributeAsync("data-overlay", "off");
        await Expect(Reading(name)).ToBeHiddenAsync();
    }

    public async Task<string> ParticipantAsync(string name) => (await Tile(name).GetAttributeAsync("data-participant"))!;
}
