using System.CommandLine;
using EmotionStream.Fuzz;

// dotnet run -c Release --project tests/EmotionStream.Fuzz -- [TARGET...] [--seconds 10] [--inputs N] [--long], or -- monsters
var names = new Argument<string[]>("targets") { Description = $"Any of {string.Join(", ", FuzzTargets.Names)}; all by default.", Arity = ArgumentArity.ZeroOrMore };
var seconds = new Option<double>("--seconds") { Description = "How long each target is tried.", DefaultValueFactory = _ => 10 };
var inputs = new Option<long>("--inputs") { Description = "How many inputs each target gets, however long that takes." };
var hour = new Option<bool>("--long") { Description = "Tries each target for an hour." };
var seed = new Option<int>("--seed") { Description = "Where the random numbers start.", DefaultValueFactory = _ => 20261201 };
var findings = new Option<string>("--findings") { Description = "The folder for inputs that broke something.", DefaultValueFactory = _ => "fuzz-findings" };
var from = new Option<long>("--from") { Description = "Inputs that the first target has had already.", Hidden = true };
var child = new Option<string?>("--last-input") { Description = "The supervisor's file; with it this is the process that tries the inputs.", Hidden = true };
var command = new RootCommand("Tries inputs that no good client sends, and tells what they broke.") { names, seconds, inputs, hour, seed, findings, from, child };
command.SetAction(async (given, _) =>
{
    var count = given.GetValue(inputs);
    var limits = new FuzzLimits(
        count > 0 ? count : long.MaxValue,
        count > 0 ? TimeSpan.MaxValue : given.GetValue(hour) ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(given.GetValue(seconds)),
        given.GetValue(seed));
    string[] chosen = given.GetValue(names) is { Length: > 0 } some ? some : [.. FuzzTargets.Names];
    if (chosen.Except(FuzzTargets.Names).FirstOrDefault() is { } unknown)
    {
        await Console.Error.WriteLineAsync($"There is no target {unknown}; there are {string.Join(", ", FuzzTargets.Names)}.");
        return 2;
    }

    var place = Directory.CreateDirectory(given.GetRequiredValue(findings)).FullName;
    if (given.GetValue(child) is { } file)
    {
        using var last = LastInput.Open(file);
        return await FuzzSession.RunAsync(chosen, given.GetValue(from), limits, last, place) ? 0 : 1;
    }

    return await new FuzzSupervisor(args, place).RunAsync(chosen) ? 0 : 1;
});
var monsters = new Command("monsters", "Decodes pictures that cost much, and tells how much.");
monsters.SetAction(_ => Monsters.Run() ? 0 : 1);
command.Add(monsters);
return await command.Parse(args).InvokeAsync();
