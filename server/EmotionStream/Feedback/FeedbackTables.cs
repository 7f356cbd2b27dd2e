using EmotionStream.Storage;

namespace EmotionStream.Feedback;

/// <summary>What is kept of corrections and of model versions.</summary>
internal static class FeedbackTables
{
    /// <remarks>The newest activation says which version runs; rolling back takes it away.</remarks>
    public static Schema Schema { get; } = new(
        "feedback",
        """
        CREATE TABLE corrections (
            id TEXT PRIMARY KEY, at BIGINT NOT NULL, contributor TEXT NOT NULL, source TEXT NOT NULL, model TEXT NOT NULL,
            label BIGINT NOT NULL, answer BIGINT NOT NULL, embedding {bytes} NOT NULL)
        """,
        "CREATE INDEX corrections_by_time ON corrections (at)",
        "CREATE INDEX corrections_by_contributor ON corrections (contributor)",
        """
        CREATE TABLE model_versions (
            id {id}, at BIGINT NOT NULL, kind TEXT NOT NULL, model TEXT NOT NULL, file TEXT NOT NULL, head {bytes} NOT NULL, refusal TEXT, figures TEXT NOT NULL)
        """,
        "CREATE TABLE model_activations (id {id}, at BIGINT NOT NULL, version BIGINT NOT NULL)");
}
