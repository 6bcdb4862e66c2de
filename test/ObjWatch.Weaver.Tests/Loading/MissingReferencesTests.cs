using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Tests.Loading;

/// <summary>What is missed concerns whom it is said to concern, and nobody else.</summary>
public sealed class MissingReferencesTests
{
    [Test]
    public void What_a_method_misses_is_its_obstacle_and_no_error_of_the_assembly()
    {
        var missing = new MissingReferences("App.dll");
        var obstacles = new Obstacles();
        var sink = new DiagnosticSink();
        MethodDefinition first = Method(1);
        MethodDefinition second = Method(2);

        missing.Add("Library, Version=1.0.0.0", "App.dll");
        missing.Concern(first, obstacles);
        missing.Concern(second, obstacles);
        missing.ConcernAssembly(sink);

        Assert.That(obstacles.MissingFor(first), Is.EqualTo("Library, Version=1.0.0.0"));
        Assert.That(obstacles.MissingFor(second), Is.Null);
        Assert.That(obstacles.Count, Is.EqualTo(1));
        Assert.That(sink.Items, Is.Empty);
    }

    [Test]
    public void What_the_assembly_misses_is_an_error_and_no_obstacle()
    {
        var missing = new MissingReferences("App.dll");
        var obstacles = new Obstacles();
        var sink = new DiagnosticSink();

        missing.Add("Library, Version=1.0.0.0", "App.dll");
        missing.ConcernAssembly(sink);
        missing.Concern(Method(1), obstacles);

        Assert.That(sink.Items.Single().Code, Is.EqualTo(Codes.MissingReference.Code));
        Assert.That(obstacles.Count, Is.Zero);
    }

    private static MethodDefinition Method(int row) =>
        new("Method", MethodAttributes.Public, new TypeReference("System", "Void", null, null))
        {
            MetadataToken = new MetadataToken(TokenType.Method, row),
        };
}
