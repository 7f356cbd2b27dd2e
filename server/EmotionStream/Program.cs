using EmotionStream;
using EmotionStream.Onnx;
using Microsoft.Extensions.Options;

try
{
    await EmotionStreamServer.Create(args).RunAsync();
    return 0;
}
catch (Exception problem) when (problem is ModelLoadException or OptionsValidationException)
{
    // The operator's to mend: the message says what; a stack trace would only hide it.
    Console.Error.WriteLine(problem.Message);
    return 1;
}
