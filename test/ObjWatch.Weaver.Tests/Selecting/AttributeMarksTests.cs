using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Tests.Selecting;

/// <summary><c>[ObjWatch]</c> and <c>[ObjWatchIgnore]</c>, alone and together with targets.</summary>
public sealed class AttributeMarksTests : WeaverFixture
{
    private const string Marked = """
        public class Plain { public int A; public void Run() { } }
        [ObjWatch] public class Traced
        {
            public int B;
            [ObjWatchIgnore] public int Secret;
            [ObjWatchIgnore] public void Quiet() { }
            [ObjWatchIgnore] public int Hidden { get; set; }
            public void Loud() { }
            [ObjWatchIgnore] public class Inner { public int C; [ObjWatch] public void Again() { } }
        }
        public class Partly { [ObjWatch] public static int D; [ObjWatch] public int E { get; set; } public void Run() { } }
        """;

    [TestCase("", "", "", "B Loud Again D E get_E set_E")]
    [TestCase(":Plain", "", "", "A Run B Loud Again D E get_E set_E")]
    [TestCase("*", "", "", "A Run B Loud Again D E get_E set_E Run")]
    [TestCase("", ":Traced.B;:Partly", "", "Loud Again")]
    [TestCase(":Traced", "", "", "B Loud Again D E get_E set_E")]
    [TestCase("", "", "[assembly: ObjWatch]", "A Run B Loud Again D E get_E set_E Run")]
    [TestCase("", "", "[assembly: ObjWatchIgnore]", "B Loud Again D E get_E set_E")]
    [TestCase("*", "", "[assembly: ObjWatchIgnore]", "B Loud Again D E get_E set_E")]
    public void Attributes_select(string targets, string exclude, string onAssembly, string members) =>
        Assert.That(Selected(onAssembly + Marked, targets, exclude, statics: true), Is.EquivalentTo(members.Split(' ')));

    [Test]
    public void A_marked_static_is_watched_where_statics_are_off() =>
        Assert.That(Selected(Marked, "", "", statics: false), Does.Contain("D"));

    [Test]
    public void An_attribute_on_the_assembly_alone_traces_everything() =>
        Assert.That(Selected("[assembly: ObjWatch] public class Plain { public int A; public void Run() { } }", "", "", statics: true),
            Is.EquivalentTo(new[] { "A", "Run" }));

    private List<string> Selected(string source, string targets, string exclude, bool statics)
    {
        CompiledProgram program = Compiler.Compile("Marked", "using ObjWatch;\n" + source, optimize: false, Folder, RuntimePath);
        using ModuleDefinition module = ModuleDefinition.ReadModule(program.AssemblyPath);
        var sink = new DiagnosticSink();
        var selection = new Selection(module, TargetList.Parse(targets, "", "", sink), TargetList.Parse(exclude, "", "", sink), statics);
        return ModuleMembers.TypesOf(module)
            .SelectMany(type =>
            type.Methods.Where(method => !method.IsConstructor && selection.Traces(method))
                .Concat(ModuleMembers.StateOf(type).Where(selection.Watches)))
            .Select(member => member.Name)
            .ToList();
    }
}
