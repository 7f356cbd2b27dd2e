using System.CommandLine;
using EmotionStream.Load;

// dotnet run -c Release --project tests/EmotionStream.Load -- --cameras 60 --fps 10 --seconds 30 --viewers 20
var url = new Option<string>("--url") { Description = "The server, running already.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
var cameras = new Option<int>("--cameras") { Description = "Cameras at once; with --ramp the most.", DefaultValueFactory = _ => 60 };
var fps = new Option<int>("--fps") { Description = "Frames a second that each camera has.", DefaultValueFactory = _ => 10 };
var seconds = new Option<int>("--seconds") { Description = "How long each load is measured, after five seconds to settle.", DefaultValueFactory = _ => 20 };
var viewers = new Option<int>("--viewers") { Description = "Viewers of the cameras' room.", DefaultValueFactory = _ => 0 };
var source = new Option<string>("--source") { Description = "A folder of JPEG files, or demo: an average face that moves.", DefaultValueFactory = _ => "demo" };
var push = new Option<bool>("--push") { Description = "Send every frame, whatever becomes of it. Otherwise cameras adapt as the pages do: two frames on their way at most, and no more a second than a full server wants." };
var ramp = new Option<int>("--ramp") { Description = "Measure so many loads, from an even part of the cameras to all of them.", DefaultValueFactory = _ => 1 };
var json = new Option<string?>("--json") { Description = "Also writes the figures to this file." };
var svg = new Option<string?>("--svg") { Description = "Also draws goodput and latency over the offered load." };
var command = new RootCommand("Loads a running server with cameras and viewers, and tells what it answered.")
{
    url, cameras, fps, seconds, viewers, source, push, ramp, json, svg,
};
command.SetAction(async (given, cancellation) =>
{
    var frames = Frames.Of(given.GetRequiredValue(source));
    var (most, steps) = (given.GetValue(cameras), Math.Max(1, given.GetValue(ramp)));
    List<LoadResult> results = [];
    for (var step = 1; step <= steps; step++)
    {
        var load = new Load(new Uri(given.GetRequiredValue(url)), frames, given.GetValue(fps), given.GetValue(push));
        results.Add(await load.RunAsync(most * step / steps, given.GetValue(viewers), TimeSpan.FromSeconds(given.GetValue(seconds)), cancellation));
    }

    Report.Write(results);
    Report.Save(results, given.GetValue(json), given.GetValue(svg));
});
return await command.Parse(args).InvokeAsync();
