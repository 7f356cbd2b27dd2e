using EmotionStream.Rooms;
using Microsoft.Extensions.Options;

namespace EmotionStream.Cluster;

/// <inheritdoc cref="IRoomGrain"/>
/// <remarks>Orleans runs one call at a time, so nothing here needs a lock; what is sent to servers goes on beside.</remarks>
internal sealed class RoomGrain(IOptions<RoomsOptions> options, TimeProvider time) : Grain, IRoomGrain
{
    // A server renews every second.
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CompleteAfter = TimeSpan.FromSeconds(2);

    // A place that was promised and whose owner's server does not report it is free again after this.
    private static readonly TimeSpan PromiseLasts = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ServerPart> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _promised = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallSeat> _seats = new(StringComparer.Ordinal);
    private readonly long _begunAt = time.GetTimestamp();
    private IGrainTimer? _showing;
    private CallVersion _version = new(Guid.NewGuid(), 0);
    private long _lastOrder;

    private bool IsComplete => time.GetElapsedTime(_begunAt) >= CompleteAfter;

    private IEnumerable<ServerPart> Living => _parts.Values.Where(part => time.GetElapsedTime(part.HeardAt) < SilentAfter);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(CleanUp, new GrainTimerCreationOptions(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) { KeepAlive = true, Interleave = true });
        _showing = this.RegisterGrainTimer(
            ShowDue, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task<RoomReply> Report(ServerReport report)
    {
        var part = Part(report.Server);
        var before = part.Report;
        (part.Report, part.HeardAt) = (report, time.GetTimestamp());
        foreach (var person in report.People)
        {
            _promised.Remove(person.Id);
        }

        TakeSeats(report);
        if (IsShownOtherwise(before, report))
        {
            ShowAll(except: part);
        }

        if (before?.RateHz != report.RateHz)
        {
            part.IsViewDue = report.RateHz > 0;
            TellWanted(except: part);
        }

        ShowDue();
        // A participant is not in its server's reports before it knows its place.
        if (report.People.Length + report.Callers.Length == 0 && report.RateHz == 0 && _seats.Values.All(seat => seat.Server != report.Server))
        {
            _parts.Remove(report.Server);
        }

        return Task.FromResult(new RoomReply(part.WantedHz = WantedBy(part), SeatsBut(report.Server), IsComplete, _version));
    }

    public Task<bool> TryEnter(string server, string session)
    {
        var now = time.GetTimestamp();
        foreach (var (promised, at) in _promised)
        {
            if (time.GetElapsedTime(at, now) >= PromiseLasts)
            {
                _promised.Remove(promised);
            }
        }

        HashSet<string> people = [.. _promised.Keys, .. Living.SelectMany(part => part.People).Select(person => person.Id)];
        if (!people.Contains(session) && people.Count >= options.Value.MaxPeople)
        {
            return Task.FromResult(false);
        }

        _promised[session] = now;
        return Task.FromResult(true);
    }

    public Task<CallReply?> TryJoin(string server, string participant, string? name)
    {
        if (!_seats.TryGetValue(participant, out var seat))
        {
            if (_seats.Count >= options.Value.MaxParticipants)
            {
                return Task.FromResult<CallReply?>(null);
            }

            seat = Seat(server, new CallerEntry(participant, name, ++_lastOrder));
        }

        Part(server).HeardAt = time.GetTimestamp();
        (seat.Server, seat.HeardAt) = (server, time.GetTimestamp());
        return Task.FromResult<CallReply?>(new CallReply(seat.Entry.Order, SeatsBut(server)));
    }

    public Task Leave(string participant)
    {
        if (_seats.Remove(participant, out var seat))
        {
            _version = _version.Following();
            Tell(new CallNews(CallNewsKind.Left, _version, Left: participant), except: seat.Server);
        }

        return Task.CompletedTask;
    }

    public Task<bool> Signal(string from, string to, string payload)
    {
        var isKnown = _seats.TryGetValue(to, out var seat);
        if (isKnown)
        {
            Part(seat!.Server).Tell(new CallNews(CallNewsKind.Signal, _version, From: from, To: to, Payload: payload));
        }

        return Task.FromResult(isKnown);
    }

    /// <summary>Whether viewers must see a difference at once: somebody has gone, come, or shares otherwise.</summary>
    private static bool IsShownOtherwise(ServerReport? before, ServerReport after)
    {
        var shown = before?.People.Select(person => (person.Id, person.Share)) ?? [];
        return !shown.ToHashSet().SetEquals(after.People.Select(person => (person.Id, person.Share)));
    }

    /// <summary>Participants that a server has and the room does not know, after the room has started anew, or that have left without a word.</summary>
    private void TakeSeats(ServerReport report)
    {
        foreach (var caller in report.Callers)
        {
            if (!_seats.TryGetValue(caller.Id, out var seat))
            {
                seat = Seat(report.Server, caller);
            }

            if (seat.Server == report.Server || time.GetElapsedTime(seat.HeardAt) >= SilentAfter)
            {
                (seat.Server, seat.HeardAt) = (report.Server, time.GetTimestamp());
            }
        }
    }

    private ServerPart Part(string server) => _parts.TryGetValue(server, out var part)
        ? part
        : _parts[server] = new ServerPart(GrainFactory.GetGrain<IServerGrain>(server), this.GetPrimaryKeyString());

    private CallSeat Seat(string server, CallerEntry caller)
    {
        var seat = _seats[caller.Id] = new CallSeat(caller, server) { HeardAt = time.GetTimestamp() };
        _lastOrder = Math.Max(_lastOrder, caller.Order);
        _version = _version.Following();
        Tell(new CallNews(CallNewsKind.Joined, _version, Joined: caller), except: server);
        return seat;
    }

    private CallerEntry[] SeatsBut(string server) =>
        [.. _seats.Values.Where(seat => seat.Server != server).Select(seat => seat.Entry).OrderBy(entry => entry.Order)];

    private void Tell(CallNews news, string except)
    {
        foreach (var (server, part) in _parts)
        {
            if (server != except && _seats.Values.Any(seat => seat.Server == server))
            {
                part.Tell(news);
            }
        }
    }

    private double WantedBy(ServerPart source) => Living.Where(part => part != source).Select(part => part.RateHz).DefaultIfEmpty().Max();

    private void TellWanted(ServerPart except)
    {
        foreach (var part in Living.Where(part => part != except && part.People.Length > 0))
        {
            part.Want(WantedBy(part));
        }
    }

    private void ShowAll(ServerPart except)
    {
        foreach (var part in Living.Where(part => part != except && part.RateHz > 0))
        {
            part.IsViewDue = true;
        }
    }

    /// <summary>Shows the room to those servers whose turn it is, and sees to it that the next turn is not missed.</summary>
    private void ShowDue()
    {
        TimeSpan? next = null;
        foreach (var part in Living.Where(part => part.RateHz > 0))
        {
            var rest = part.IsViewDue ? TimeSpan.Zero : TimeSpan.FromSeconds(1 / part.RateHz) - time.GetElapsedTime(part.ShownAt);
            if (rest <= TimeSpan.FromMilliseconds(1))
            {
                (part.IsViewDue, part.ShownAt) = (false, time.GetTimestamp());
                part.Show(() => ViewFor(part));
                rest = TimeSpan.FromSeconds(1 / part.RateHz);
            }

            next = next is { } sooner && sooner < rest ? sooner : rest;
        }

        _showing?.Change(next ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private Task ShowDue(CancellationToken cancellation)
    {
        ShowDue();
        return Task.CompletedTask;
    }

    /// <summary>Everybody on other servers; whoever has just moved counts where they moved last.</summary>
    private RoomView ViewFor(ServerPart viewer)
    {
        var now = time.GetTimestamp();
        var people = Living.Where(part => part != viewer)
            .SelectMany(part => part.People.Select(person => person with { AgeMs = person.AgeMs + time.GetElapsedTime(part.HeardAt, now).TotalMilliseconds }))
            .GroupBy(person => person.Id, (_, same) => same.MaxBy(person => person.Moves)!);
        return new RoomView([.. people], IsComplete);
    }

    /// <summary>Forgets servers that are silent, and participants that did not come back.</summary>
    private Task CleanUp(CancellationToken cancellation)
    {
        var silent = _parts.Where(part => time.GetElapsedTime(part.Value.HeardAt) >= SilentAfter).Select(part => part.Key).ToList();
        foreach (var server in silent)
        {
            _parts.Remove(server);
        }

        foreach (var seat in _seats.Values.Where(seat => time.GetElapsedTime(seat.HeardAt) >= options.Value.ResumeWithin + SilentAfter).ToList())
        {
            Leave(seat.Entry.Id);
        }

        if (silent.Count > 0)
        {
            foreach (var part in _parts.Values)
            {
                part.IsViewDue = part.RateHz > 0;
            }

            ShowDue();
        }

        if (_parts.Count + _seats.Count == 0)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    private sealed class CallSeat(CallerEntry entry, string server)
    {
        public CallerEntry Entry => entry;

        public string Server { get; set; } = server;

        public long HeardAt { get; set; }
    }
}
