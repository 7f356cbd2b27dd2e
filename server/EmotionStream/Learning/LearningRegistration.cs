namespace EmotionStream.Learning;

/// <summary>Registers what retrains the emotion model on corrections.</summary>
internal static class LearningRegistration
{
    public static IServiceCollection AddLearning(this IServiceCollection services) => services.AddSingleton<LearningService>();
}
