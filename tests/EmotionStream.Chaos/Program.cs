using System.CommandLine;
using EmotionStream.Chaos;
using EmotionStream.Chaos.Faults;

// dotnet run -c Release --project tests/EmotionStream.Chaos -- all
Fault[] faults =
[
    new Vanishing(), new SlowSenders(), new TricklingCamera(), new DeafViewers(), new SilentClients(), new ManySessions(), new FullDisk(), new ClockJump(), new NoNames(),
    new LostDatabase(), new ReplacedModels(), new LittleMemory(), new FewDescriptors(),
];
var names = new Argument<string[]>("faults") { Description = $"all, or any of {string.Join(", ", faults.Select(fault => fault.Name))}." };
var scale = new Option<double>("--scale") { Description = "How much of it: 0.1 for a tenth of the connections.", DefaultValueFactory = _ => 1 };
var seconds = new Option<double>("--seconds") { Description = "How long the others are watched before and after.", DefaultValueFactory = _ => 10 };
var untimed = new Option<bool>("--untimed") { Description = "A latency that grows is told, but is no failure: for machines with other work." };
var command = new RootCommand("Breaks what a running server stands on, and looks whether others notice.") { names, scale, seconds, untimed };
command.SetAction(async (given, _) =>
{
    string[] wanted = given.GetRequiredValue(names);
    var chosen = faults.Where(fault => wanted.Contains("all") || wanted.Contains(fault.Name)).ToList();
    var sound = chosen.Count > 0;
    foreach (var fault in chosen)
    {
        var report = await FaultRunner.RunAsync(fault, given.GetValue(scale), TimeSpan.FromSeconds(given.GetValue(seconds)));
        Console.WriteLine(report);
        sound &= report.Problems.Count == 0 && (given.GetValue(untimed) || report.IsTimely);
    }

    return sound ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
