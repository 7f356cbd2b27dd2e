using EmotionStream.Contracts;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Cluster;

/// <summary>Sends new senders on while this server is full.</summary>
/// <remarks>The others are asked how full they are only then, once a second: nothing travels while everybody has room.</remarks>
internal sealed class ClusterAdmission(
    ServerLoad load, IGrainFactory grains, ILocalSiloDetails silo, ISiloStatusOracle silos, Readiness readiness, IOptions<ClusterOptions> options) : IAdmission
{
    // A server that takes longer to say how full it is has no room.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMilliseconds(500);

    private volatile ServerState[] _withRoom = [];

    public Refusal? Refusal => load.IsFull ? Refusals.ServerFull(_withRoom.FirstOrDefault(server => server.PublicAddress is not null)?.PublicAddress) : null;

    public bool SendsElsewhere => load.IsFull && _withRoom.Length > 0;

    public ServerState State => new(load.Value, !load.IsFull && readiness.IsReady, options.Value.PublicAddress);

    /// <summary>Finds out which servers have room, while this one has none.</summary>
    public async Task LookElsewhereAsync()
    {
        if (!load.IsFull)
        {
            _withRoom = [];
            return;
        }

        var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(address => !address.Equals(silo.SiloAddress));
        var states = await Task.WhenAll(others.Select(AskAsync));
        _withRoom = [.. states.OfType<ServerState>().Where(server => server.HasRoom).OrderBy(server => server.Load)];
    }

    private async Task<ServerState?> AskAsync(SiloAddress address)
    {
        try
        {
            return await grains.GetGrain<IServerGrain>(address.ToParsableString()).Describe().WaitAsync(AnswersWithin);
        }
        catch (Exception problem) when (problem is OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
