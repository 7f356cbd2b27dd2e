using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EmotionStream.Edge;

/// <summary>The certificate that <c>Edge:Certificate</c> names.</summary>
internal static class ServerCertificate
{
    private const string Development = "development";

    /// <exception cref="IOException">It can't be read; the message names the file.</exception>
    public static X509Certificate2? Load(EdgeOptions options)
    {
        if (options.Certificate is not { } path)
        {
            return null;
        }

        try
        {
            return path == Development ? Make()
                : X509Certificate2.GetCertContentType(path) == X509ContentType.Pkcs12 ? X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword)
                : X509Certificate2.CreateFromPemFile(path);
        }
        catch (Exception problem) when (problem is CryptographicException or UnauthorizedAccessException or IOException)
        {
            throw new IOException($"Edge:Certificate: {path} can't be used: {problem.Message}", problem);
        }
    }

    /// <summary>For this machine's own names, for as long as the process lives.</summary>
    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=EmotionStream development", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Dns.GetHostName());
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
