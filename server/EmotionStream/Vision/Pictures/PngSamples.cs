namespace EmotionStream.Vision.Pictures;

/// <summary>Turns a row's samples, of whatever depth, into one byte each.</summary>
internal static class PngSamples
{
    /// <param name="stretch">Whether a sample is a brightness, to be stretched to 0..255, or a place in the palette, to be left alone.</param>
    public static void Unpack(ReadOnlySpan<byte> row, int depth, bool stretch, Span<byte> samples)
    {
        if (depth == 8)
        {
            row[..samples.Length].CopyTo(samples);
            return;
        }

        if (depth == 16)
        {
            // Big-endian: the first byte is the brightness, the second what eight bits can't show.
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = row[2 * i];
            }

            return;
        }

        var mask = (1 << depth) - 1;
        var scale = stretch ? 255 / mask : 1;
        for (var i = 0; i < samples.Length; i++)
        {
            var bit = i * depth;
            samples[i] = (byte)(((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask) * scale);
        }
    }
}
