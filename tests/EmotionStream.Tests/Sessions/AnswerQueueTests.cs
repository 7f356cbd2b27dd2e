using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Sessions;

public class AnswerQueueTests
{
    [Fact]
    public async Task DeliverAsync_HandsAnswersOnInOrder_AndSurvivesALostConnection()
    {
        var queue = new AnswerQueue<ICameraClient>(100, () => { });
        var client = new RecordingClient { FailOn = 2 };
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            var rejected = new Rejected(sequence, RejectionReason.Busy, "");
            queue.Add(to => to.Rejected(rejected));
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
        var queue = new AnswerQueue<ICameraClient>(limit: 2, () => overflows++);

        for (var i = 0; i < 3; i++)
        {
            queue.Add(_ => Task.CompletedTask);
        }

        Assert.Equal(1, overflows);
    }

    [Fact]
    public async Task DeliverAsync_WithNobodyThere_LeavesTheAnswersBehind()
    {
        var queue = new AnswerQueue<ICameraClient>(100, () => { });
        queue.Add(_ => Task.CompletedTask);
        queue.Close();

        await queue.DeliverAsync(() => null).WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        Assert.True(queue.IsEmpty);
    }

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
