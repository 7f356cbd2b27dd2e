using EmotionStream;
using EmotionStream.Faces.Onnx;
using EmotionStream.Recommendations;
using EmotionStream.Tools;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

if (await CommandLine.TryRunAsync(args, Console.Out, Console.Error) is { } exitCode)
{
    return exitCode;
}

try
{
    await EmotionStreamServer.Create(args).RunAsync();
    return 0;
}
catch (OperationCanceledException)
{
    // Asked to stop while it was starting.
    return 0;
}
catch (AddressInUseException problem)
{
    // The web server's own address in use comes as an IOException that names it; this is the cluster's.
    Console.Error.WriteLine($"Cluster:Port can't be used: {problem.Message}");
    return 1;
}
catch (RedisException problem)
{
    Console.Error.WriteLine($"Cluster:Redis can't be used: {problem.Message}");
    return 1;
}
catch (Exception problem) when (problem is ModelLoadException or CatalogException or OptionsValidationException or IOException)
{
    // A bad model, catalog or setting, an address in use: the message says what to fix; a stack trace would only hide it.
    Console.Error.WriteLine(problem.Message);
    return 1;
}
