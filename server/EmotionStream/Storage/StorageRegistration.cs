using EmotionStream.Faces;
using Microsoft.Extensions.Options;

namespace EmotionStream.Storage;

/// <summary>Registers the database that the settings name.</summary>
internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddValidated<StorageOptions, StorageOptionsValidator>(StorageOptions.Section);
        return services
            .AddSingleton<IValidateOptions<StorageOptions>, PostgresValidator>()
            .AddSingleton<DataFolder>()
            .AddSingleton(Open);
    }

    private static Database Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return options.Postgres is { } postgres
            ? new PostgresDatabase(postgres)
            : new SqliteDatabase(services.GetRequiredService<DataFolder>(), options.MaxMegabytes);
    }
}
