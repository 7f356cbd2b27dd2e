using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using EmotionStream.Contracts;

namespace EmotionStream.History;

/// <summary>Turns readings in the order of time into means over steps, holding no more than one step.</summary>
internal static class Downsampling
{
    public static async IAsyncEnumerable<HistoryReading> MeansAsync(
        IAsyncEnumerable<HistoryReading> readings, long stepMs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sums = new SortedDictionary<(string Room, string Person), Sum>();
        var begin = long.MinValue;
        await foreach (var reading in readings.WithCancellation(cancellation))
        {
            var step = reading.At - (reading.At % stepMs);
            if (step != begin)
            {
                foreach (var sum in sums.Values)
                {
                    yield return sum.Mean(begin);
                }

                sums.Clear();
                begin = step;
            }

            if (!sums.TryGetValue((reading.Room, reading.Person), out var own))
            {
                sums.Add((reading.Room, reading.Person), own = new Sum(reading));
            }

            own.Add(reading.Emotions);
        }

        foreach (var sum in sums.Values)
        {
            yield return sum.Mean(begin);
        }
    }

    private sealed class Sum(HistoryReading first)
    {
        private readonly float[] _emotions = new float[first.Emotions.Length];
        private int _count;

        public void Add(float[] emotions)
        {
            TensorPrimitives.Add(_emotions, emotions, _emotions);
            _count++;
        }

        public HistoryReading Mean(long at)
        {
            TensorPrimitives.Divide(_emotions, _count, _emotions);
            return HistoryReader.Describe(at, first.Room, first.Person, first.Name, face: null, _emotions, _count);
        }
    }
}
