using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ObjWatch.Testing;

/// <summary>Mono, where it is installed (Debian's mono-devel and mono-utils): it runs programs for .NET Framework, and brings the only
/// verifier of IL that is to be had here.</summary>
public static partial class MonoRuntime
{
    private const GenericParameterAttributes AllowsByRefLike = (GenericParameterAttributes)0x20;
    private const string Libraries = "/usr/lib/mono/4.5";

    /// <summary>Why nothing can be run on it; <see langword="null"/> if it is all there.</summary>
    public static string? Missing { get; } =
        File.Exists("/usr/bin/mono") && File.Exists("/usr/bin/pedump") && File.Exists(Libraries + "/Facades/netstandard.dll")
            ? null
            : "Mono is not installed (apt-get install mono-devel mono-utils)";

    /// <summary>Runs a program on it.</summary>
    /// <param name="assemblyPath">The program.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    public static ProcessResult Run(string assemblyPath, IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null) =>
        ProgramRunner.RunProcess("/usr/bin/mono", ["--debug", assemblyPath], environment, workingDirectory);

    /// <summary>The verifier's complaints, by the name of the method that they are about. A body of its own that weaving has given a method
    /// counts as that method; it has a parameter more, so overloads are not told apart.</summary>
    /// <param name="assemblyPath">The assembly; what it refers to lies beside it.</param>
    /// <exception cref="InvalidOperationException">The assembly was not verified at all.</exception>
    public static ILookup<string, string> VerificationErrors(string assemblyPath)
    {
        using var copies = new TemporaryDirectory();
        foreach (string path in Directory.GetFiles(Path.GetDirectoryName(assemblyPath)!, "*.dll"))
            CopyWithoutNews(path, copies[Path.GetFileName(path)]);
        ProcessResult result = ProgramRunner.RunProcess(
            "/usr/bin/pedump",
            ["--verify", "all", copies[Path.GetFileName(assemblyPath)]],
            new Dictionary<string, string?> { ["MONO_PATH"] = $"{copies.Path}:{Libraries}:{Libraries}/Facades" },
            copies.Path);
        var errors = new List<(string Method, string Text)>();
        string method = "";
        foreach (string line in result.OutputLines)
        {
            if (line.StartsWith("FAIL", StringComparison.Ordinal))
                throw new InvalidOperationException($"{assemblyPath} was not verified: {line}");
            if (line.StartsWith("In method: ", StringComparison.Ordinal))
                method = SeparateBody.Replace(line["In method: ".Length..].Split('(')[0], "$1");
            else if (Complaint.IsMatch(line))
                errors.Add((method, line));
        }

        return errors.ToLookup(error => error.Method, error => error.Text);
    }

    [GeneratedRegex("(?<=::)<(.+?)>(?:g__)?traced")]
    private static partial Regex SeparateBody { get; }

    /// <summary>
    /// What the verifier cannot say anything of, because Mono has not got a type or a method, is no complaint. And three messages are left
    /// out, which are rules of its own. The verifier does not follow which way a constructor comes to call its base, and takes the second
    /// call in the text, which a woven constructor has, for one too many. And it has a rule of its own for locals that hold references
    /// which it thinks may or may not be returned.
    /// </summary>
    [GeneratedRegex(
        "^(?:Error|Not Verifiable): (?!Could not |Cannot load |Calling the base constructor on an initialized this pointer|Cannot store "
        + "an unsafe ret byref to a local|Method returns byref and return value is not a safe-to-return-byref)")]
    private static partial Regex Complaint { get; }

    /// <summary>The verifier refuses what it is too old to know: attributes that are new or in new places, and new constraints.</summary>
    private static void CopyWithoutNews(string source, string target)
    {
        // A parameter's default value may be of a type that lies beside.
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(source));
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            new MemoryStream(File.ReadAllBytes(source)), new ReaderParameters { AssemblyResolver = resolver });
        module.CustomAttributes.Clear();
        module.Assembly.CustomAttributes.Clear();
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (ICustomAttributeProvider member in Members(type))
                member.CustomAttributes.Clear();
            foreach (
                GenericParameter parameter in type.GenericParameters.Concat(type.Methods.SelectMany(method => method.GenericParameters)))
                parameter.Attributes &= ~AllowsByRefLike;
        }

        module.Write(target);
    }

    private static IEnumerable<ICustomAttributeProvider> Members(TypeDefinition type) =>
    [
        type, .. Constraints(type), .. type.Interfaces, .. type.Fields, .. type.Properties, .. type.Events, .. type.Methods,
        .. type.Methods.SelectMany(method => method.Parameters), .. type.Methods.Select(method => method.MethodReturnType),
        .. type.Methods.SelectMany(Constraints),
    ];

    private static IEnumerable<ICustomAttributeProvider> Constraints(IGenericParameterProvider owner) =>
        owner.GenericParameters.Concat<ICustomAttributeProvider>(owner.GenericParameters.SelectMany(parameter => parameter.Constraints));
}
