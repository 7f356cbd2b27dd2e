using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace EmotionStream.Cluster;

/// <summary>Puts a grain on the server that its key names.</summary>
[Serializable]
internal sealed class ServerPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class ServerPlacementAttribute() : PlacementAttribute(new ServerPlacement());

internal sealed class ServerPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var server = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(server)
            ? Task.FromResult(server)
            : throw new SiloUnavailableException($"The server {server} is not in the cluster any more.");
    }
}
