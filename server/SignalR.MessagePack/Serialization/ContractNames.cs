using System.Text;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Finds which member a map's key means.</summary>
internal sealed class ContractNames(IEnumerable<ContractMember> members)
{
    public const int Unknown = -1;

    private readonly byte[][] _names = [.. members.Select(member => Encoding.UTF8.GetBytes(member.Name))];

    /// <summary>Reads a key and gives its member's index; senders mostly keep our order, so the expected one is tried first.</summary>
    public int Read(ref MessagePackReader reader, int expected)
    {
        var key = reader.ReadUtf8();
        if (expected < _names.Length && key.SequenceEqual(_names[expected]))
        {
            return expected;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (key.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return Unknown;
    }
}
