using System.IO;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>The trimmer finds the field of an annotated auto-property in an accessor that accesses one field once; a woven one no longer
/// does.</summary>
public sealed class AnnotatedPropertyTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Diagnostics.CodeAnalysis;

        public class C
        {
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] public Type Auto { get; set; } = typeof(C);
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] public static Type Shared { get; } = typeof(C);
            public Type Plain { get; set; } = typeof(C);
        }
        """;

    [Test]
    public void The_field_bears_the_annotation_only_where_the_trimmer_does_not_find_it([Values] bool optimize, [Values] bool accessors)
    {
        CompiledProgram program = Compiler.Compile("Properties", Source, optimize, Folder);

        WeaveResult result = new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { Accessors = accessors });

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven));
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(program.AssemblyPath)));
        Assert.That(
            module.GetType("C")
                .Fields.Where(f => f.CustomAttributes.Any(a => a.AttributeType.Name == "DynamicallyAccessedMembersAttribute"))
                .Select(f => f.Name),
            Is.EqualTo(accessors ? new[] { "<Auto>k__BackingField", "<Shared>k__BackingField" } : []));
    }
}
