using EmotionStream.Contracts;

namespace EmotionStream.Hubs;

/// <summary>What the protocols let through in the place of an argument: nothing at all.</summary>
internal static class Arguments
{
    /// <exception cref="RefusedException">The argument is null.</exception>
    public static T Given<T>(T? argument)
        where T : class => argument ?? throw new RefusedException(Refusals.BadRequest("The call lacks an argument."));
}
