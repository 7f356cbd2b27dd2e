namespace EmotionStream.Tests.Kit;

/// <summary>Training and test data that lies beside the repository on some machines; tests that need it are skipped elsewhere.</summary>
internal static class SharedData
{
    public static string File(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "EmotionStream.sln")))
            {
                var path = Path.Combine([folder.FullName, "..", "shared", .. parts]);
                Assert.SkipUnless(System.IO.File.Exists(path), $"Needs {string.Join('/', parts)} of the shared data, which is not on this machine.");
                return path;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
