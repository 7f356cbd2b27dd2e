using System.Threading.Channels;
using EmotionStream.Contracts;

namespace EmotionStream.Tests.Kit;

/// <summary>Waits for what a watched room is to show.</summary>
internal static class RoomUpdates
{
    public static async Task<RoomUpdate> UntilAsync(this ChannelReader<object> updates, Func<RoomUpdate, bool> holds)
    {
        while (true)
        {
            var cancellation = TestContext.Current.CancellationToken;
            var update = (RoomUpdate)await updates.ReadAsync(cancellation).AsTask().WaitAsync(TestTimeouts.Default, cancellation);
            if (holds(update))
            {
                return update;
            }
        }
    }
}
