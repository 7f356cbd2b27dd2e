using EmotionStream.Tests.Kit;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>The server of all tests of a class that neither change it nor look at its figures.</summary>
public sealed class SharedPages() : SharedServer(LiveTest.Usual);
