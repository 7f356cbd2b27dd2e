namespace EmotionStream.Tests.Kit;

/// <summary>Training and test data that lies beside the repository on some machines; tests need it, see <see cref="Needs"/>.</summary>
internal static class SharedData
{
    public static string File(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "EmotionStream.sln")))
            {
                // It can't be shipped, so a clean machine, CI's included, may not have it; where it is, it is whole.
                var shared = Path.Combine(folder.FullName, "..", "shared");
                Assert.SkipUnless(Directory.Exists(shared), "The shared data does not lie beside the repository.");
                var path = Path.Combine([shared, .. parts]);
                Needs.That(System.IO.File.Exists(path), $"{string.Join('/', parts)} of the shared data, beside the repository");
                return path;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
