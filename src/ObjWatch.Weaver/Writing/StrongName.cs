using System;
using System.IO;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Writing;

/// <summary>Decides whether the woven assembly is signed again, and with what.</summary>
internal sealed class StrongName
{
    private const byte PrivateKeyBlob = 7;

    private readonly DiagnosticSink _sink;

    public StrongName(DiagnosticSink sink) => _sink = sink;

    /// <summary>The key to sign with; <see langword="null"/> when the assembly is to stay unsigned, and after an error.</summary>
    public byte[]? KeyFor(ModuleDefinition module, WeaveRequest request)
    {
        string? keyPath = request.KeyPath;
        byte[]? key = keyPath is null ? null : Read(keyPath);
        if (!module.Assembly.Name.HasPublicKey)
            return null;

        // Half a key (public or delay signing) leaves the signature empty, as the compiler left it.
        bool isSigned = (module.Attributes & ModuleAttributes.StrongNameSigned) != 0;
        if (key is null || key[0] != PrivateKeyBlob)
        {
            if (isSigned && keyPath is null && !request.RunsOnNet && !IsForNet(module.Assembly))
                _sink.Add(Codes.NotSigned.About(request.AssemblyPath, ""));
            return null;
        }

        if (!isSigned)
            return null;
        if (IsKeyOf(module.Assembly.Name.PublicKey, key))
            return key;
        _sink.Add(Codes.KeyOfAnotherIdentity.About(request.AssemblyPath, keyPath!));
        return null;
    }

    // Only .NET Framework checks signatures, and may come to load what was made for .NET Standard.
    private static bool IsForNet(AssemblyDefinition assembly) => assembly.CustomAttributes.Any(attribute =>
        attribute.AttributeType.FullName == "System.Runtime.Versioning.TargetFrameworkAttribute"
        && attribute.ConstructorArguments is [{ Value: string framework }]
        && framework.StartsWith(".NETCoreApp,", StringComparison.Ordinal));

    private byte[]? Read(string keyPath)
    {
        try
        {
            byte[] key = File.ReadAllBytes(keyPath);
            if (key.Length > 16)
                return key;
            _sink.Add(Codes.KeyNotUsable.About(keyPath, "it is no key file"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _sink.Add(Codes.KeyNotUsable.About(keyPath, exception.Message));
        }

        return null;
    }

    // The modulus stands at the end of the public key, and behind a header of 20 bytes in the private one.
    private static bool IsKeyOf(byte[] publicKey, byte[] privateKey)
    {
        const int PublicHeader = 32;
        const int PrivateHeader = 20;
        int length = publicKey.Length - PublicHeader;
        return length > 0
            && privateKey.Length >= PrivateHeader + length
            && publicKey.Skip(PublicHeader).SequenceEqual(privateKey.Skip(PrivateHeader).Take(length));
    }
}
