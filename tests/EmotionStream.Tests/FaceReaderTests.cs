using System.Diagnostics;
using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests;

/// <summary>Faces read without a server, by a program that uses the library.</summary>
public sealed class FaceReaderTests : IDisposable
{
    private readonly FaceReader _reader = FaceReader.Create();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public void Read_TellsEachFaceOfAPicture()
    {
        var faces = _reader.Read(TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 200), ("surprise", 0.75, 0.5, 200)));

        Assert.Equal(["happy", "surprise"], faces.OrderBy(face => face.Box[0]).Select(face => face.Dominant));
        Assert.Equal(["1", "2"], faces.Select(face => face.Id).Order());
        Assert.Empty(_reader.Read(TestPictures.Empty()));
    }

    [Theory]
    [InlineData(new byte[0], "empty_picture")]
    [InlineData(new byte[] { 1, 2, 3 }, "not_a_picture")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "undecodable")]
    public void Read_OfWhatIsNoPicture_IsRefused_AndTheNextOneIsRead(byte[] bytes, string code)
    {
        Assert.Equal(code, Assert.Throws<RefusedException>(() => _reader.Read(bytes)).Refusal.Code);

        Assert.Equal("happy", Assert.Single(_reader.Read(TestPictures.Face("happy"))).Dominant);
    }

    [Fact]
    public void Session_KeepsAFacesId_AndJudgesItOverTime()
    {
        var session = _reader.StartSession();
        var readings = Enumerable.Range(0, 10).Select(i => Assert.Single(session.Read(TestPictures.Face("happy", centerX: 0.4 + (0.01 * i)), 0.1 * i))).ToList();

        Assert.Single(readings.Select(face => face.Id).Distinct());
        Assert.Equal("happy", readings[^1].Dominant);
        Assert.Equal(0.9, readings[^1].Age, 0.01);
        Assert.Throws<RefusedException>(() => session.Read([1, 2, 3], 1));
        Assert.Equal(readings[^1].Id, Assert.Single(session.Read(TestPictures.Face("happy", centerX: 0.5), 1.1)).Id);
    }

    [Fact]
    public void Create_WithSettings_FollowsThem()
    {
        using var one = FaceReader.Create(new Dictionary<string, string?> { ["Stills:MaxFaces"] = "1" });

        Assert.Single(one.Read(TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 200), ("surprise", 0.75, 0.5, 200))));
    }

    [Fact]
    public async Task Sample_SaysWhatAFaceAppearsToShow()
    {
        var picture = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(picture, TestPictures.Face("surprise"), TestContext.Current.CancellationToken);
            var sample = Path.Combine(Repository.Folder, "docs", "samples", "ReadFaces", "bin", "Release", "net10.0", "ReadFaces.dll");
            using var run = Process.Start(new ProcessStartInfo("dotnet", [sample, picture, sample]) { RedirectStandardOutput = true })!;
            var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, run.ExitCode);
            Assert.Contains("face 1: appears surprise", output, StringComparison.Ordinal);
            Assert.Contains(Refusals.NotAPicture.Detail, output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
