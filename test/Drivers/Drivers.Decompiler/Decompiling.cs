using System;
using System.IO;
using System.Linq;
using System.Threading;
using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;
using ICSharpCode.Decompiler.CSharp.OutputVisitor;
using ICSharpCode.Decompiler.CSharp.Syntax;
using ICSharpCode.Decompiler.Disassembler;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;

namespace Drivers.Decompiler;

/// <summary>Decompiles and disassembles the driver itself, for several versions of the language.</summary>
internal static class Decompiling
{
    public static void Run(string assembly, TextWriter output)
    {
        foreach (LanguageVersion version in (LanguageVersion[])[LanguageVersion.Latest, LanguageVersion.CSharp1])
        {
            var decompiler = new CSharpDecompiler(assembly, new DecompilerSettings(version) { ThrowOnAssemblyResolveErrors = false });
            foreach (ITypeDefinition type in decompiler.TypeSystem.MainModule.TopLevelTypeDefinitions.Where(type => type.Namespace == "Drivers.Decompiler" || type.Name == "Workload"))
            {
                output.WriteLine($"// {type.FullName} {type.Methods.Count()} {type.Fields.Count()} {type.Kind}");
                output.WriteLine(decompiler.DecompileTypeAsString(type.FullTypeName));
            }

            foreach (IMethod method in decompiler.TypeSystem.MainModule.TypeDefinitions.Where(type => type.Name == "Sample").SelectMany(type => type.Methods).Take(8))
            {
                SyntaxTree tree = decompiler.Decompile(method.MetadataToken);
                output.WriteLine($"{tree.Descendants.Count()} {tree.ToString(FormattingOptionsFactory.CreateAllman()).Length} {tree.ToString(FormattingOptionsFactory.CreateKRStyle())}");
            }
        }

        using var file = new PEFile(assembly);
        var text = new StringWriter { NewLine = "\n" };
        var disassembler = new ReflectionDisassembler(new PlainTextOutput(text), CancellationToken.None) { ShowSequencePoints = true, DetectControlStructure = true };
        disassembler.WriteModuleContents(file);
        output.WriteLine(text.ToString().Replace(Path.GetDirectoryName(assembly)!, "", StringComparison.Ordinal));
        output.WriteLine(string.Join("\n", file.Metadata.TypeReferences.Select(handle => handle.GetFullTypeName(file.Metadata).ReflectionName).Order(StringComparer.Ordinal)));
    }
}
