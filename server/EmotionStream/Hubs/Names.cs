using EmotionStream.Contracts;

namespace EmotionStream.Hubs;

/// <summary>Cleans the names that people give to themselves and to rooms; showing them safely is the pages' part.</summary>
internal static class Names
{
    private const int MaxLength = 64;

    /// <summary>The name without blanks around it; null if nothing is left.</summary>
    /// <exception cref="RefusedException">It is too long or has control characters.</exception>
    public static string? Clean(string? value, string what)
    {
        var trimmed = value?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        return trimmed.Length <= MaxLength && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw new RefusedException(Refusals.Bad(what, $"A {what} has at most {MaxLength} characters and no control characters."));
    }

    /// <summary>A room's name where there must be one.</summary>
    /// <exception cref="RefusedException">It is missing, too long or has control characters.</exception>
    public static string Room(string? value) => Clean(value, "room") ?? throw new RefusedException(Refusals.Bad("room", "Say which room."));
}
