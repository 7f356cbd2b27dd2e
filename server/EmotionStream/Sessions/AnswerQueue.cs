using System.Threading.Channels;

namespace EmotionStream.Sessions;

/// <summary>Carries messages to one client, one after the other, so that nobody ever waits for a slow reader.</summary>
/// <param name="send">How a message is sent: one for all of them, since a closure for each would cost as much again as a small message.</param>
internal sealed class AnswerQueue<TClient, TMessage>(int limit, Func<TClient, TMessage, Task> send, Action overflowed)
    where TClient : class
{
    private readonly Channel<TMessage> _answers = Channel.CreateUnbounded<TMessage>(new UnboundedChannelOptions { SingleReader = true });

    private int _waiting;

    /// <summary>True when every answer so far has been handed to the connection.</summary>
    public bool IsEmpty => Volatile.Read(ref _waiting) == 0;

    public void Add(TMessage message)
    {
        if (Interlocked.Increment(ref _waiting) > limit)
        {
            overflowed();
        }

        if (!_answers.Writer.TryWrite(message))
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Close() => _answers.Writer.TryComplete();

    /// <summary>Delivers until the queue is closed; an answer that has nobody to go to is left behind.</summary>
    public async Task DeliverAsync(Func<TClient?> currentClient)
    {
        await foreach (var message in _answers.Reader.ReadAllAsync())
        {
            try
            {
                if (currentClient() is { } client)
                {
                    await send(client, message);
                }
            }
            catch (Exception)
            {
                // The connection went away under the answer, and with it the reason to send it. Whatever one connection throws, the
                // session may be taken up on another, so delivery goes on.
            }

            Interlocked.Decrement(ref _waiting);
        }
    }
}
