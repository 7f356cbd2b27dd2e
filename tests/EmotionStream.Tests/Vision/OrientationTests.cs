using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

public class OrientationTests
{
    // The upright picture is 1 2 3 / 4 5 6; each row says how a camera stores it that writes this orientation (Exif 2.3).
    [Theory]
    [InlineData(2, 3, "321654")]
    [InlineData(3, 3, "654321")]
    [InlineData(4, 3, "456123")]
    [InlineData(5, 2, "142536")]
    [InlineData(6, 2, "362514")]
    [InlineData(7, 2, "635241")]
    [InlineData(8, 2, "415263")]
    public void Turn_OfEveryOrientation_PutsThePictureUpright(int orientation, int storedWidth, string stored)
    {
        var (from, to) = (new GrayImage(), new GrayImage());
        from.Resize(storedWidth, 6 / storedWidth);
        for (var i = 0; i < 6; i++)
        {
            from.Pixels[i] = (byte)stored[i];
        }

        to.Resize(3, 2);
        using var source = new Matrix(from);
        using var upright = new Matrix(to);
        OpenCv.Turn(source, upright, orientation);

        Assert.Equal((3, 2), (to.Width, to.Height));
        Assert.Equal("123456", string.Concat(to.Pixels.ToArray().Select(pixel => (char)pixel)));
    }
}
