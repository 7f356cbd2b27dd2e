using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Vision;

public class CodecWarningsTests
{
    /// <summary>libjpeg, libpng and OpenCV would write a line for each, and strangers fill the operator's log.</summary>
    [Fact]
    public async Task BrokenPictures_LeaveTheServersStandardErrorEmpty()
    {
        const int OfEachFormat = 60;
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var mutants = new PictureMutants();
        using var form = new MultipartFormDataContent();
        foreach (var format in Enum.GetValues<PictureFormat>())
        {
            for (var number = 0; number < OfEachFormat; number++)
            {
                // The odd ones reach the decoder.
                form.Add(new ByteArrayContent(mutants.Make(format, (2 * number) + 1)), "image", "broken");
            }
        }

        using var reply = await http.PostAsync("/api/v1/images", form, cancellation);
        var images = (await reply.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("images");
        await server.StopAsync();

        Assert.InRange(images.EnumerateArray().Count(image => image.TryGetProperty("problem", out var problem)
            && problem.GetProperty("code").GetString() == "undecodable"), OfEachFormat, 3 * OfEachFormat);
        Assert.Equal("", await server.ErrorsAsync());
    }
}
