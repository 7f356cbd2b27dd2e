using EmotionStream.Corrections;
using EmotionStream.Faces;

namespace EmotionStream.Archive;

/// <summary>Registers the face archive.</summary>
internal static class ArchiveRegistration
{
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddValidated<ArchiveOptions, ArchiveKeyValidator>(ArchiveOptions.Section);
        return services
            .AddSingleton<FaceEncryption>()
            .AddSingleton<ArchiveStore>()
            .AddSingleton<ArchiveService>()
            .AddSingleton<IFaceArchive>(services => services.GetRequiredService<ArchiveService>())
            .AddPeriodic<ArchiveService>(_ => TimeSpan.FromSeconds(2), (archive, cancellation) => archive.TryForgetAsync(cancellation));
    }
}
