using EmotionStream.Frames;

namespace EmotionStream.Evaluation.Pictures;

/// <summary>Resizes a picture so that each new pixel is the mean of exactly the area that it covers.</summary>
internal static class AreaResizer
{
    public static void Resize(GreyImage from, GreyImage to, int width, int height)
    {
        to.Resize(width, height);
        var columns = Stretches(from.Width, width);
        var rows = Stretches(from.Height, height);
        for (var y = 0; y < height; y++)
        {
            var row = to.Row(y);
            for (var x = 0; x < width; x++)
            {
                row[x] = (byte)Math.Clamp(MathF.Round(Mean(from, columns[x], rows[y])), 0, 255);
            }
        }
    }

    private static float Mean(GreyImage image, Stretch columns, Stretch rows)
    {
        float sum = 0, area = 0;
        for (var y = (int)rows.From; y < rows.To; y++)
        {
            var pixels = image.Row(y);
            for (var x = (int)columns.From; x < columns.To; x++)
            {
                var share = rows.ShareOf(y) * columns.ShareOf(x);
                sum += share * pixels[x];
                area += share;
            }
        }

        return sum / area;
    }

    private static Stretch[] Stretches(int from, int to) =>
        [.. Enumerable.Range(0, to).Select(i => new Stretch((float)i * from / to, Math.Min(from, (float)(i + 1) * from / to)))];

    /// <summary>The stretch of old pixels that one new pixel covers.</summary>
    private readonly record struct Stretch(float From, float To)
    {
        public float ShareOf(int pixel) => Math.Min(To, pixel + 1) - Math.Max(From, pixel);
    }
}
