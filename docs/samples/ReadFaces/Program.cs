// What do the faces in these pictures appear to show? dotnet run -- one.jpg two.png
using EmotionStream.Contracts;
using EmotionStream.Faces;

using var reader = FaceReader.Create();
foreach (var file in args)
{
    try
    {
        foreach (var face in reader.Read(File.ReadAllBytes(file)))
        {
            Console.WriteLine($"{file}, face {face.Id}: appears {face.Dominant} ({face.Certainty:P0})");
        }
    }
    catch (RefusedException refused)
    {
        Console.WriteLine($"{file}: {refused.Refusal.Detail}");
    }
}
