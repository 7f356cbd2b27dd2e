using EmotionStream.Faces.Decoding;
using EmotionStream.Tools.Evaluation.Pictures;

namespace EmotionStream.Tests.Evaluation;

public class PictureGeometryTests
{
    [Fact]
    public void Resize_ToHalf_AveragesFours()
    {
        var half = Resized(Image(4, 2, [0, 10, 100, 100, 20, 30, 100, 100]), 2, 1);

        Assert.Equal([15, 100], half.Pixels.ToArray());
    }

    [Fact]
    public void Resize_ToTwoThirds_SharesTheMiddlePixel()
    {
        // Each new pixel covers one and a half old ones: (0 + 90 / 2) / 1.5 and (90 / 2 + 30) / 1.5.
        var smaller = Resized(Image(3, 1, [0, 90, 30]), 2, 1);

        Assert.Equal([30, 50], smaller.Pixels.ToArray());
    }

    [Fact]
    public void Resize_ToTwice_RepeatsPixels() => Assert.Equal([5, 5, 9, 9], Resized(Image(2, 1, [5, 9]), 4, 1).Pixels.ToArray());

    [Fact]
    public void Fill_PutsTheCropInTheMiddle_AndCarriesItsEdgesOn()
    {
        var crop = Image(2, 2, [0, 200, 0, 200]);
        var frame = new GrayImage();

        FrameCanvas.Fill(crop, frame);

        Assert.Equal((320, 240), (frame.Width, frame.Height));
        Assert.Equal(0, frame.Row(120)[0]);
        Assert.Equal(200, frame.Row(0)[319]);
        Assert.InRange((int)frame.Row(120)[160], 95, 105);
    }

    [Fact]
    public void Fill_WithARoll_TurnsTheCropClockwise()
    {
        // A bright right half turned by a quarter lies below.
        var crop = Image(2, 2, [0, 200, 0, 200]);
        var frame = new GrayImage();

        FrameCanvas.Fill(crop, frame, roll: 90);

        Assert.Equal(0, frame.Row(10)[160]);
        Assert.Equal(200, frame.Row(230)[160]);
    }

    private static GrayImage Resized(GrayImage image, int width, int height)
    {
        var resized = new GrayImage();
        AreaResizer.Resize(image, resized, width, height);
        return resized;
    }

    private static GrayImage Image(int width, int height, byte[] pixels)
    {
        var image = new GrayImage();
        image.Resize(width, height);
        pixels.CopyTo(image.Pixels);
        return image;
    }
}
