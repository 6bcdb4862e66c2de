using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace ObjWatch.Testing;

/// <summary>Makes strong-name keys in the form of .snk files.</summary>
public static class StrongNameKey
{
    private const int Bits = 1024;

    /// <summary>A new key.</summary>
    public static byte[] Create()
    {
        using RSA rsa = RSA.Create(Bits);
        RSAParameters key = rsa.ExportParameters(includePrivateParameters: true);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[] { 7, 2, 0, 0, 0, 0x24, 0, 0 });
        writer.Write("RSA2"u8);
        writer.Write(Bits);
        foreach (byte[] number in new[] { Padded(key.Exponent!), key.Modulus!, key.P!, key.Q!, key.DP!, key.DQ!, key.InverseQ!, key.D! })
            writer.Write(number.Reverse().ToArray());
        return stream.ToArray();
    }

    private static byte[] Padded(byte[] exponent) => [.. new byte[Math.Max(0, 4 - exponent.Length)], .. exponent];
}
