using EmotionStream.Contracts;

namespace EmotionStream.Sessions;

/// <summary>Whether this server has room for new sessions; those that live go on in any case.</summary>
internal interface IAdmission
{
    /// <summary>What a new sender is refused with; null while there is room.</summary>
    Refusal? Refusal { get; }

    /// <summary>True while balancers should send newcomers to other servers, which have room.</summary>
    bool SendsElsewhere { get; }
}

/// <summary>A single machine: nobody else has room, so it does as much as it can for everybody.</summary>
internal sealed class OpenAdmission : IAdmission
{
    public Refusal? Refusal => null;

    public bool SendsElsewhere => false;
}
