using EmotionStream.Benchmarks;

// dotnet run -c Release --project tests/EmotionStream.Benchmarks -- pipeline|rooms
switch (args.FirstOrDefault())
{
    case "pipeline":
        await PipelineBenchmark.RunAsync();
        return 0;
    case "rooms":
        await RoomBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("Benchmarks: pipeline, rooms");
        return 1;
}
