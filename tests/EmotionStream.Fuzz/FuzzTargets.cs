using EmotionStream.Faces.Decoding;
using EmotionStream.Fuzz.Targets;

namespace EmotionStream.Fuzz;

/// <summary>Everything that takes bytes from strangers.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<Task<FuzzTarget>>> All = new()
    {
        ["jpeg"] = () => Task.FromResult<FuzzTarget>(new PictureTarget(PictureFormat.Jpeg)),
        ["png"] = () => Task.FromResult<FuzzTarget>(new PictureTarget(PictureFormat.Png)),
        ["webp"] = () => Task.FromResult<FuzzTarget>(new PictureTarget(PictureFormat.WebP)),
        ["catalogue"] = () => Task.FromResult<FuzzTarget>(new CatalogueTarget()),
        ["model"] = async () => await ModelTarget.CreateAsync(),
        ["json"] = async () => await HubTarget.CreateAsync("json"),
        ["messagepack"] = async () => await HubTarget.CreateAsync("messagepack"),
        ["http"] = async () => await HttpTarget.CreateAsync(),
        ["token"] = async () => await TokenTarget.CreateAsync(),
        ["clip"] = () => Task.FromResult<FuzzTarget>(new ClipTarget()),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static Task<FuzzTarget> CreateAsync(string name) => All[name]();
}
