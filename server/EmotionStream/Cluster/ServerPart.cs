namespace EmotionStream.Cluster;

/// <summary>One server's part of a room: what it has told last, and what is on its way to it.</summary>
/// <remarks>One message is on its way at a time. A server that hangs holds nobody up, and gets the newest view when it is back.</remarks>
internal sealed class ServerPart(IServerGrain server, string room)
{
    // A call of six sends some 60 signals when somebody joins; a server that takes none for that long is gone.
    private const int MostNews = 4096;

    private readonly List<CallNews> _news = [];
    private Func<RoomView>? _view;
    private double? _wanted;
    private bool _isSending;

    public ServerReport? Report { get; set; }

    public long HeardAt { get; set; }

    public long ShownAt { get; set; }

    public bool IsViewDue { get; set; }

    /// <summary>The rate that the server was told last.</summary>
    public double WantedHz { get; set; }

    public double RateHz => Report?.RateHz ?? 0;

    public PersonEntry[] People => Report?.People ?? [];

    public void Tell(CallNews news)
    {
        if (_news.Count < MostNews)
        {
            _news.Add(news);
        }

        _ = SendAsync();
    }

    public void Show(Func<RoomView> view)
    {
        _view = view;
        _ = SendAsync();
    }

    public void Want(double rateHz)
    {
        if (rateHz != WantedHz)
        {
            _wanted = WantedHz = rateHz;
            _ = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        try
        {
            while (Next() is { } send)
            {
                await send;
            }
        }
        catch (Exception)
        {
            // The server is gone or hangs. Its next report says that it is back, and what it shows then is taken from there.
        }
        finally
        {
            _isSending = false;
        }
    }

    private Task? Next()
    {
        if (_news.Count > 0)
        {
            CallNews[] news = [.. _news];
            _news.Clear();
            return server.Tell(room, news);
        }

        if (_wanted is { } wanted)
        {
            _wanted = null;
            return server.Want(room, wanted);
        }

        if (_view is { } view)
        {
            _view = null;
            return server.Show(room, view());
        }

        return null;
    }
}
