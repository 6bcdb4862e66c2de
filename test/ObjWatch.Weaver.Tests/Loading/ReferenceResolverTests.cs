using System;
using System.IO;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Tests.Loading;

/// <summary>How references are found.</summary>
public sealed class ReferenceResolverTests : WeaverFixture
{
    [Test]
    public void Type_forwarders_that_lead_in_a_circle_are_reported()
    {
        Write("First", 1, module => Forward(module, "Second"));
        Write("Second", 1, module => Forward(module, "First"));

        (TypeDefinition? type, Diagnostic[] diagnostics) = Resolve("First");

        Assert.That(type, Is.Null);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { Codes.CircularForwarder.Code }));
        Assert.That(diagnostics[0].Message, Does.Contain("Lib.Thing"));
    }

    [Test]
    public void Type_forwarders_are_followed()
    {
        Write("First", 1, module => Forward(module, "Second"));
        Write("Second", 1, module => Forward(module, "Third"));
        Write("Third", 1, Define);

        (TypeDefinition? type, Diagnostic[] diagnostics) = Resolve("First");

        Assert.That(type?.Module.Assembly.Name.Name, Is.EqualTo("Third"));
        Assert.That(diagnostics, Is.Empty);
    }

    [Test]
    public void A_missing_assembly_is_reported_with_the_one_that_refers_to_it()
    {
        Write("First", 1, module => Forward(module, "Second"));

        (TypeDefinition? type, Diagnostic[] diagnostics) = Resolve("First");

        Assert.That(type, Is.Null);
        Assert.That(diagnostics.Single().Code, Is.EqualTo(Codes.MissingReference.Code));
        Assert.That(diagnostics.Single().Message, Does.StartWith("Second, Version=1.0.0.0").And.Contain("which First.dll references"));
    }

    [Test]
    public void The_newest_of_several_files_is_taken()
    {
        Directory.CreateDirectory(PathOf("new"));
        string old = Write("First", 1, Define);
        string current = Write("First", 3, Define, PathOf("new"));

        Assert.That(Resolve("First", old, current).Type?.Module.Assembly.Name.Version.Major, Is.EqualTo(3));
        Assert.That(Resolve("First", current, old).Type?.Module.Assembly.Name.Version.Major, Is.EqualTo(3));
    }

    [Test]
    public void A_reference_that_is_no_assembly_is_reported()
    {
        File.WriteAllText(PathOf("First.dll"), "text");

        (_, Diagnostic[] diagnostics) = Resolve("First");

        Assert.That(diagnostics.Single().Code, Is.EqualTo(Codes.UnreadableReference.Code));
        Assert.That(diagnostics.Single().File, Is.EqualTo(PathOf("First.dll")));
    }

    [Test]
    public void Nothing_is_taken_from_the_weavers_own_framework()
    {
        (TypeDefinition? type, Diagnostic[] diagnostics) = Resolve("System.Runtime");

        Assert.That(type, Is.Null);
        Assert.That(diagnostics.Single().Code, Is.EqualTo(Codes.MissingReference.Code));
    }

    private (TypeDefinition? Type, Diagnostic[] Diagnostics) Resolve(string scope, params string[] references)
    {
        if (references.Length == 0)
            references = Directory.GetFiles(Folder, "*.dll");
        var sink = new DiagnosticSink();
        string path = Write("App", 1, _ => { });
        using var resolver = new ReferenceResolver(path, references, sink);
        using ModuleDefinition module = ModuleDefinition.ReadModule(path, resolver.ReaderParameters());
        var type = new TypeReference("Lib", "Thing", module, new AssemblyNameReference(scope, new Version(1, 0, 0, 0)));
        TypeDefinition? definition = type.Resolve();
        resolver.Missing.ConcernAssembly(sink);
        return (definition, sink.Items.ToArray());
    }

    private string Write(string name, int version, Action<ModuleDefinition> fill, string? directory = null)
    {
        var fullName = new AssemblyNameDefinition(name, new Version(version, 0, 0, 0));
        using var assembly = AssemblyDefinition.CreateAssembly(fullName, name + ".dll", ModuleKind.Dll);
        fill(assembly.MainModule);
        string path = Path.Combine(directory ?? Folder, name + ".dll");
        assembly.Write(path);
        return path;
    }

    private static void Define(ModuleDefinition module) => module.Types.Add(new TypeDefinition("Lib", "Thing", TypeAttributes.Public));

    private static void Forward(ModuleDefinition module, string assembly)
    {
        var reference = new AssemblyNameReference(assembly, new Version(1, 0, 0, 0));
        module.AssemblyReferences.Add(reference);
        const TypeAttributes Attributes = TypeAttributes.Public | (TypeAttributes)0x00200000;
        module.ExportedTypes.Add(new ExportedType("Lib", "Thing", module, reference) { Attributes = Attributes });
    }
}
