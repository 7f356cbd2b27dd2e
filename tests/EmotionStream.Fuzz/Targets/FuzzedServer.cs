using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Stills;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Fuzz.Targets;

/// <summary>The whole server in this process, with a log that shows what went wrong and counts of what is out.</summary>
internal sealed class FuzzedServer(TestServer server, ErrorLog errors) : IAsyncDisposable
{
    // The suite runs this with what its other tests leave of the processor.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public Uri Address => server.Address;

    public static async Task<FuzzedServer> StartAsync(params string[] settings)
    {
        var errors = new ErrorLog();
        // Sessions end with their connection, and the limits on calls are for tests of their own.
        return new FuzzedServer(
            await TestServer.StartAsync(
                builder => builder.Logging.ClearProviders().AddProvider(errors),
                ["--Sessions:ResumeWithin=00:00:00", "--Rooms:ResumeWithin=00:00:00", "--Sessions:MaxStartsPerSecond=1000", "--Rooms:MaxCallsPerSecond=1000", .. settings]),
            errors);
    }

    public T Service<T>()
        where T : notnull => server.Service<T>();

    public string? TakeError() => errors.Take();

    /// <summary>Frame buffers, sessions, rooms and uploads that are still there, once all connections have been closed for long enough.</summary>
    public async Task<int> CountLeaksAsync()
    {
        for (var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds; Count() > 0 && Environment.TickCount64 < until;)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(100);
        }

        if (Count() is var left and > 0)
        {
            Console.WriteLine(
                $"left behind: {Service<FrameBuffers>().Outstanding} frames, {Service<SessionRegistry>().Count} sessions, "
                + $"{Service<RoomRegistry>().Count} rooms, {Service<PictureBudget>().Taken} bytes of uploads");
            return left;
        }

        return 0;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private int Count() =>
        Service<FrameBuffers>().Outstanding + Service<SessionRegistry>().Count + Service<RoomRegistry>().Count + (int)Service<PictureBudget>().Taken;
}
