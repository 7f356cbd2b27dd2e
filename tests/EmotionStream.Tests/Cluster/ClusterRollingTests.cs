using System.Threading.Channels;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Cluster;

/// <summary>Every server of a cluster is stopped and replaced, one after the other, as an upgrade does.</summary>
public class ClusterRollingTests
{
    private const string Room = "blue";

    [Fact]
    public async Task RollingRestart_LosesNoSession_NoPlaceInACall_AndNobodyFromADashboard()
    {
        using var redis = RedisServer.Start();
        var settings = TimeSpan.FromSeconds(20);
        var servers = new[]
        {
            await ServerProcess.StartAsync(TestCluster.Settings(redis, settings)), await ServerProcess.StartAsync(TestCluster.Settings(redis, settings)),
        };
        List<Visitor> visitors = [new("Ann", servers[0]), new("Ben", servers[1])];
        try
        {
            foreach (var visitor in visitors)
            {
                await visitor.ComeAsync(servers);
            }

            for (var i = 0; i < servers.Length; i++)
            {
                var before = servers[i];
                var stop = before.StopAsync();
                foreach (var visitor in visitors.Where(visitor => visitor.Server == before))
                {
                    await visitor.ComeBackAsync(servers[1 - i]);
                }

                await stop;
                servers[i] = await ServerProcess.StartAsync(TestCluster.Settings(redis, settings));
                foreach (var visitor in visitors)
                {
                    await visitor.SeesAllAsync(visitors);
                }
            }

            await visitors[0].SignalAsync(visitors[1]);
            await visitors[1].SignalAsync(visitors[0]);
        }
        finally
        {
            foreach (var visitor in visitors)
            {
                await visitor.DisposeAsync();
            }

            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Somebody with a camera, in a call, who watches the room's dashboard.</summary>
    private sealed class Visitor(string name, ServerProcess server) : IAsyncDisposable
    {
        private HubTestClient? _camera;
        private HubTestClient? _call;
        private ChannelReader<object>? _dashboard;
        private Started? _session;
        private JoinedRoom? _place;
        private string? _face;
        private long _frames;

        public ServerProcess Server { get; private set; } = server;

        public async Task ComeAsync(ServerProcess[] servers)
        {
            Assert.Contains(Server, servers);
            await ConnectAsync();
            await StartAsync();
            _face = await LookAsync();
        }

        /// <summary>Once the server says that it stops; with everything that was there before.</summary>
        public async Task ComeBackAsync(ServerProcess elsewhere)
        {
            Assert.True((await _camera!.NextAsync<Stopping>()).Elsewhere);
            // Some news of the call may still be there; nobody has left it, though.
            await _call!.Ended.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
            var (session, place) = (_session!, _place!);
            await DisposeAsync();
            Server = elsewhere;
            await ConnectAsync();
            await StartAsync();

            Assert.Equal((true, session.SessionId), (_session!.Resumed, _session.SessionId));
            Assert.Equal((true, place.Id), (_place!.Resumed, _place.Id));
            Assert.Equal(_face, await LookAsync());
        }

        /// <summary>Everybody is on the dashboard, with a reading of now.</summary>
        public async Task SeesAllAsync(List<Visitor> all)
        {
            foreach (var visitor in all)
            {
                await visitor.LookAsync();
            }

            await _dashboard!.UntilAsync(update => all.All(visitor => update.People.Count(person => person.Id == visitor._session!.SessionId && person.AgeMs < 5000) == 1));
        }

        public async Task SignalAsync(Visitor other)
        {
            await _call!.InvokeAsync<object>("Signal", other._place!.Id, $"from {name}");
            object news;
            do
            {
                news = await other._call!.NextAsync();
                // Nobody was ever seen to leave.
                Assert.IsNotType<string>(news);
            }
            while (news is not object?[]);

            Assert.Equal([_place!.Id, $"from {name}"], (object?[])news);
        }

        public async ValueTask DisposeAsync()
        {
            if (_camera is not null && _call is not null)
            {
                await _camera.DisposeAsync();
                await _call.DisposeAsync();
            }
        }

        private async Task ConnectAsync()
        {
            _camera = await HubTestClient.ConnectAsync(Server.Address, "messagepack");
            _call = await HubTestClient.ConnectAsync(Server.Address, "messagepack", "/hubs/room");
        }

        private async Task StartAsync()
        {
            _session = await _camera!.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, Room, name, _session?.ResumeToken));
            _place = await _call!.InvokeAsync<JoinedRoom>("Join", new JoinRequest(Room, name, ResumeToken: _place?.ResumeToken));
            _dashboard = await _call.StreamAsync<RoomUpdate>("Watch", new WatchRequest(Room, RateHz: 10));
        }

        private async Task<string> LookAsync()
        {
            await _camera!.SubmitAsync(++_frames, TestPictures.Face("happy"));
            return Assert.Single((await _camera.NextAsync<Measured>()).Faces).Id;
        }
    }
}
