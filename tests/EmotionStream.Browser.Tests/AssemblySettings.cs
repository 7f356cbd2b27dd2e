using EmotionStream.Browser.Tests.Kit;

// A browser, a server and a camera share the cores, and the cameras of all pages are one: one test runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Browsers))]
