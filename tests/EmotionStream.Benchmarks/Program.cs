using EmotionStream.Benchmarks;

// dotnet run -c Release --project tests/EmotionStream.Benchmarks -- pipeline|emotion|rooms|stills|history|learning|fuzz [COUNT]|baseline FERPLUS.zip
switch (args.FirstOrDefault())
{
    case "pipeline":
        await PipelineBenchmark.RunAsync();
        return 0;
    case "emotion":
        EmotionBenchmark.Run();
        return 0;
    case "rooms":
        await RoomBenchmark.RunAsync();
        return 0;
    case "stills":
        await StillBenchmark.RunAsync();
        return 0;
    case "history":
        await HistoryBenchmark.RunAsync();
        return 0;
    case "learning":
        await LearningBenchmark.RunAsync();
        return 0;
    case "fuzz":
        return FuzzRun.Run(args.ElementAtOrDefault(1) ?? "100000") ? 0 : 1;
    case "baseline" when args is [_, var data]:
        BaselineBenchmark.Run(data);
        return 0;
    default:
        Console.Error.WriteLine("Benchmarks: pipeline, emotion, rooms, stills, history, learning, fuzz [COUNT], baseline FERPLUS.zip");
        return 1;
}
