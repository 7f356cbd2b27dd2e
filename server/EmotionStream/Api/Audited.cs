namespace EmotionStream.Api;

/// <summary>Marks an endpoint whose every call the audit log keeps.</summary>
/// <param name="Action">A word for it, such as <c>model.rollback</c>.</param>
/// <param name="OnlyRefusals">Success is the rule, and too often.</param>
internal sealed record Audited(string Action, bool OnlyRefusals = false);

/// <summary>Marks endpoints.</summary>
internal static class AuditedEndpoints
{
    public static TBuilder Audited<TBuilder>(this TBuilder endpoint, string action, bool onlyRefusals = false)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Audited(action, onlyRefusals));
}
