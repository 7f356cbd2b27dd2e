using System.Globalization;
using EmotionStream.Benchmarks;

// dotnet run -c Release --project tests/EmotionStream.Benchmarks -- pipeline|emotion|gpu|rooms|stills|history|learning|soak [--minutes 60] [--cameras 40]|cluster [--kills 10] [--hangs 1] [--rolls 1]|baseline FERPLUS.zip
switch (args.FirstOrDefault())
{
    case "pipeline":
        await PipelineBenchmark.RunAsync();
        return 0;
    case "emotion":
        EmotionBenchmark.Run();
        return 0;
    case "gpu":
        await GpuBenchmark.RunAsync();
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
    case "soak":
        return await SoakRun.RunAsync(TimeSpan.FromMinutes(Option("--minutes", 60)), Option("--cameras", 40)) ? 0 : 1;
    case "cluster":
        await ClusterBenchmark.RunAsync(Option("--kills", 10), Option("--hangs", 1), Option("--rolls", 1));
        return 0;
    case "baseline" when args is [_, var data]:
        BaselineBenchmark.Run(data);
        return 0;
    default:
        Console.Error.WriteLine("Benchmarks: pipeline, emotion, gpu, rooms, stills, history, learning, soak [--minutes 60] [--cameras 40], cluster [--kills 10] [--hangs 1] [--rolls 1], baseline FERPLUS.zip");
        return 1;
}

int Option(string name, int usual) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : usual;
