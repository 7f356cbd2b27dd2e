namespace EmotionStream.Load;

/// <summary>How fast a camera sends. One that adapts sends no more than a full server wants, as the pages do (wwwroot/client/adaptivePace.ts).</summary>
internal sealed class Pace(double fastest, bool adapts)
{
    private double _wanted = double.PositiveInfinity;

    public bool Adapts => adapts;

    public TimeSpan Step => TimeSpan.FromSeconds(1 / Math.Min(fastest, Volatile.Read(ref _wanted)));

    /// <summary>An answer came, with the server's word on the pace if it has one.</summary>
    public void Heard(double? pace)
    {
        if (adapts)
        {
            Volatile.Write(ref _wanted, pace ?? double.PositiveInfinity);
        }
    }
}
