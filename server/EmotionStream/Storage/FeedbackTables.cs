namespace EmotionStream.Storage;

/// <summary>The tables of corrections, model versions and the face archive.</summary>
internal static class FeedbackTables
{
    /// <remarks>
    /// The newest activation says which version runs; rolling back deletes it. A kept face lives no longer than its correction, and no
    /// longer than its person's consent: foreign keys enforce both.
    /// </remarks>
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
        "CREATE TABLE model_activations (id {id}, at BIGINT NOT NULL, version BIGINT NOT NULL)",
        "CREATE TABLE archive_consents (contributor TEXT PRIMARY KEY, at BIGINT NOT NULL)",
        """
        CREATE TABLE archived_faces (
            correction TEXT PRIMARY KEY REFERENCES corrections (id) ON DELETE CASCADE,
            person TEXT NOT NULL REFERENCES archive_consents (contributor) ON DELETE CASCADE, key_id TEXT NOT NULL, sealed {bytes} NOT NULL)
        """,
        "CREATE INDEX archived_faces_by_person ON archived_faces (person)",
        "CREATE TABLE model_files (sha256 TEXT PRIMARY KEY, content {bytes} NOT NULL)");
}
