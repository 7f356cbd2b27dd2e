using System.Collections.Concurrent;
using System.Threading.Channels;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Videos;

/// <summary>The clips that wait, the one at work, and the results that can still be fetched.</summary>
internal sealed class VideoJobs(IOptions<VideosOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, VideoJob> _jobs = [];
    private readonly Channel<VideoJob> _waiting = Channel.CreateUnbounded<VideoJob>();

    private int _files;

    public ChannelReader<VideoJob> Waiting => _waiting.Reader;

    /// <summary>Memory for one more clip; null while too many come in, wait or are at work.</summary>
    public AnonymousFile? TryTakeFile()
    {
        if (Interlocked.Increment(ref _files) <= options.Value.MaxWaiting)
        {
            return new AnonymousFile(() => Interlocked.Decrement(ref _files));
        }

        Interlocked.Decrement(ref _files);
        return null;
    }

    /// <summary>Takes a clip over.</summary>
    public VideoJob Add(AnonymousFile file, string format)
    {
        Sweep();
        var job = new VideoJob(Secrets.NewToken(), file, format);
        _jobs[job.Id] = job;
        // Unbounded in name only: there are never more than files.
        _waiting.Writer.TryWrite(job);
        return job;
    }

    public VideoJob? Find(string id)
    {
        Sweep();
        return _jobs.GetValueOrDefault(id);
    }

    /// <summary>Forgets a clip and its result; one at work is stopped.</summary>
    public void Remove(VideoJob job)
    {
        job.Cancel();
        _jobs.TryRemove(job.Id, out _);
    }

    /// <summary>Forgets results that have been kept for long enough, and the oldest ones when there are too many.</summary>
    public void Sweep()
    {
        var over = _jobs.Values.Where(job => job.IsOver).OrderByDescending(job => job.EndedAt).ToList();
        foreach (var job in over.Where((job, newer) => newer >= options.Value.MaxKept || time.GetElapsedTime(job.EndedAt!.Value) >= options.Value.KeepFor))
        {
            _jobs.TryRemove(job.Id, out _);
        }
    }
}
