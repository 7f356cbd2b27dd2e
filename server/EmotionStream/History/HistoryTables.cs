using EmotionStream.Contracts;
using EmotionStream.Storage;

namespace EmotionStream.History;

/// <summary>The history's tables: who was in which room, and how they appeared.</summary>
internal static class HistoryTables
{
    public static readonly string[] PersonColumns = ["room", "person", "name", "owner", "first_at", "last_at"];

    public static readonly string[] ReadingColumns = ["room", "at", "person", "face", .. EmotionLabels.All];

    public static readonly string InsertPerson =
        $"{Insert("history_people", PersonColumns)} ON CONFLICT (room, person) DO UPDATE SET name = excluded.name, last_at = excluded.last_at";

    // A batch whose commit was not confirmed is written again, and may have been there already.
    public static readonly string InsertReading = $"{Insert("history_readings", ReadingColumns)} ON CONFLICT (room, at, person, face) DO NOTHING";

    // Steps are what databases have been through: a label that is added later takes a step of its own.
    public static Schema Schema { get; } = new(
        "history",
        """
        CREATE TABLE history_people (
            room TEXT NOT NULL, person TEXT NOT NULL, name TEXT, owner TEXT NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL,
            PRIMARY KEY (room, person));
        CREATE INDEX history_people_by_owner ON history_people (owner);
        CREATE TABLE history_readings (
            room TEXT NOT NULL, at BIGINT NOT NULL, person TEXT NOT NULL, face TEXT NOT NULL,
            neutral REAL NOT NULL, happy REAL NOT NULL, surprise REAL NOT NULL, sad REAL NOT NULL, angry REAL NOT NULL, disgust REAL NOT NULL,
            fear REAL NOT NULL, contempt REAL NOT NULL,
            PRIMARY KEY (room, at, person, face));
        CREATE INDEX history_readings_by_person ON history_readings (person, at);
        """);

    private static string Insert(string table, string[] columns) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})";
}
