namespace EmotionStream.Tests.Kit;

/// <summary>How long a test waits for something that surely comes; long, because the machines are shared.</summary>
internal static class TestTimeouts
{
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(2);

    /// <summary>Waits until something holds that only other threads can bring about.</summary>
    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Default);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited {Default.TotalSeconds} s in vain for: {what}");
            }
        }
    }
}
