// Servers share the cores and one process-wide count of frame buffers, so one test runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
