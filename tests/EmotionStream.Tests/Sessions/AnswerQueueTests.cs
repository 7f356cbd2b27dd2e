using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Sessions;

public class AnswerQueueTests
{
    [Fact]
    public async Task DeliverAsync_HandsAnswersOnInOrder_AndSurvivesALostConnection()
    {
        var queue = new AnswerQueue<ICameraClient, Rejected>(100, Send, () => { });
        var client = new RecordingClient { FailOn = 2 };
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            queue.Add(new Rejected(sequence, RejectionReason.Busy, ""));
        }

        queue.Close();
        await queue.DeliverAsync(() => client).WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        Assert.Equal([1L, 3L], client.Sequences);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Add_PastTheLimit_GivesTheReaderUp()
    {
        var overflows = 0;
        var queue = new AnswerQueue<ICameraClient, Rejected>(limit: 2, Send, () => overflows++);

        for (var i = 0; i < 3; i++)
        {
            queue.Add(new Rejected(1, RejectionReason.Busy, ""));
        }

        Assert.Equal(1, overflows);
    }

    [Fact]
    public async Task DeliverAsync_WithNobodyThere_LeavesTheAnswersBehind()
    {
        var queue = new AnswerQueue<ICameraClient, Rejected>(100, Send, () => { });
        queue.Add(new Rejected(1, RejectionReason.Busy, ""));
        queue.Close();

        await queue.DeliverAsync(() => null).WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        Assert.True(queue.IsEmpty);
    }

    private static Task Send(ICameraClient client, Rejected rejected) => client.Rejected(rejected);

    private sealed class RecordingClient : ICameraClient
    {
        public List<long> Sequences { get; } = [];

        public long FailOn { get; init; }

        public Task Measured(Measured measured) => Task.CompletedTask;

        public Task Stopping(Stopping stopping) => Task.CompletedTask;

        public Task Rejected(Rejected rejected)
        {
            if (rejected.Sequence == FailOn)
            {
                throw new OperationCanceledException();
            }

            Sequences.Add(rejected.Sequence);
            return Task.CompletedTask;
        }
    }
}
