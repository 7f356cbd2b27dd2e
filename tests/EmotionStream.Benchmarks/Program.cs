using EmotionStream.Benchmarks;

// dotnet run -c Release --project tests/EmotionStream.Benchmarks -- pipeline
switch (args.FirstOrDefault())
{
    case "pipeline":
        await PipelineBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("Benchmarks: pipeline");
        return 1;
}
