using System.Net;
using System.Net.Sockets;

namespace EmotionStream.Limits;

/// <summary>Whose address it is, as far as an address tells.</summary>
internal static class Network
{
    private const int HouseholdBytes = 8;

    /// <summary>The address itself; of IPv6 its network, as a household has 2^64 addresses.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(HouseholdBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
