using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>Where a method's code stands in a second method, what tools read of the method is where they look for it.</summary>
public sealed class BodyAttributeTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;
        using System.Reflection;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Security;
        using System.Threading.Tasks;

        [AttributeUsage(AttributeTargets.All)]
        public sealed class TestAttribute : Attribute;

        public class C
        {
            private int _count;
            private List<int> _list = new();

            public void Plain() { _count++; _list.Add(1); }

            [RequiresUnreferencedCode("")] public void RequiringCode() { _count++; _list.Add(1); }
            [RequiresDynamicCode("")] public void RequiringDynamic() { _count++; _list.Add(1); }
            [RequiresAssemblyFiles] public void RequiringFiles() { _count++; _list.Add(1); }
            [UnconditionalSuppressMessage("Trimming", "IL2026")] public void Suppressing() { _count++; _list.Add(1); }
            public void TakingType([DynamicallyAccessedMembers((DynamicallyAccessedMemberTypes)8)] Type type) { _count++; _list.Add(1); }
            [return: DynamicallyAccessedMembers((DynamicallyAccessedMemberTypes)8)]
            public Type ReturningType() { _count++; _list.Add(1); return typeof(C); }
            [UnconditionalSuppressMessage("Trimming", "IL2026")] public int SuppressingProperty
            {
                [UnconditionalSuppressMessage("Trimming", "IL2057")] get { _count++; _list.Add(1); return 1; }
            }
            [RequiresUnreferencedCode(""), RequiresDynamicCode(""), RequiresAssemblyFiles]
            private void Requiring() { _count++; _list.Add(1); }
            internal void Taking([DynamicallyAccessedMembers((DynamicallyAccessedMemberTypes)8)] Type type, string text)
            { _count++; _list.Add(1); }
            [RequiresUnreferencedCode("")] private C(int count) { _count = count; _list.Add(1); }
            [DynamicallyAccessedMembers((DynamicallyAccessedMemberTypes)8)]
            public Type TypeProperty { get { _count++; _list.Add(1); return typeof(C); } }
            [RequiresAssemblyFiles] public event EventHandler RequiringEvent { add { _count++; _list.Add(1); } remove { } }
            [RequiresUnreferencedCode("")] public async Task RequiringAsync() { _count++; await Task.Yield(); _list.Add(1); }
            [RequiresUnreferencedCode("")] public C(string name) { _count++; _list.Add(1); }
            public C() { }

            [MethodImpl(MethodImplOptions.NoInlining)] public void NotInlined() { _count++; _list.Add(1); }
            [MethodImpl(MethodImplOptions.NoOptimization)] public void NotOptimized() { _count++; _list.Add(1); }
            [MethodImpl(MethodImplOptions.AggressiveOptimization)] public void Optimized() { _count++; _list.Add(1); }
            [MethodImpl(MethodImplOptions.AggressiveInlining)] public void Inlined() { _count++; _list.Add(1); }
            [MethodImpl(MethodImplOptions.Synchronized)] public void Synchronized() { _count++; _list.Add(1); }

            [DebuggerStepThrough, DebuggerHidden, DebuggerNonUserCode, DebuggerStepperBoundary]
            public void Debugged() { _count++; _list.Add(1); }
            [StackTraceHidden] public void Hidden() { _count++; }
            [ExcludeFromCodeCoverage] public void Uncovered() { _count++; _list.Add(1); }
            [ExcludeFromCodeCoverage] public int UncoveredProperty { get { _count++; _list.Add(1); return 1; } }
            [SecurityCritical] public void Critical() { _count++; _list.Add(1); }
            [SecuritySafeCritical] public void SafeCritical() { _count++; _list.Add(1); }
            [Obfuscation(Feature = "control flow")] public void Obfuscated() { _count++; _list.Add(1); }

            [Test, Obsolete, SkipLocalsInit] public void Found() { _count++; _list.Add(1); }
            [DynamicDependency("Plain")] public void Depending() { _count++; _list.Add(1); }
            public void WithParameters([Test] in int first, [Test] out int second, [Optional, Test] int third, [Test] params int[] rest)
            { _count++; _list.Add(first); second = 1; }
            [return: Test] public int Returning() { _count++; _list.Add(1); return 1; }
            public void Generic<[DynamicallyAccessedMembers((DynamicallyAccessedMemberTypes)8)] T, U>(U value)
                where T : class, new() where U : unmanaged
            { _count++; _list.Add(1); }
            public async Task Async() { _count++; await Task.Yield(); _list.Add(1); }
            public IEnumerable<int> Iterator() { _count++; yield return 1; }

            public int Lambdas(int x)
            {
                Func<int, int> times = y => { _count += y; return x * y; };
                Func<int, int> more = static y => { int z = y + 1; return z.GetHashCode(); };
                return times(1) + more(1) + Local(2);
                int Local(int z) { _count += z; return _count + x; }
            }
        }

        public static class Started
        {
            private static int s_count;
            [ModuleInitializer] internal static void Start() { s_count++; Console.Write(s_count); }
            [UnmanagedCallersOnly] public static int Called(int value) { s_count += value; Console.Write(s_count); return s_count; }
        }
        """;

    private ModuleDefinition _module = null!;

    [TearDown]
    public void Close() => _module?.Dispose();

    [TestCase("RequiringCode")]
    [TestCase("RequiringDynamic")]
    [TestCase("RequiringFiles")]
    [TestCase("TakingType")]
    [TestCase("ReturningType")]
    [TestCase("get_TypeProperty")]
    [TestCase("add_RequiringEvent")]
    [TestCase("RequiringAsync")]
    public void A_public_method_that_the_trimmer_is_told_something_about_has_both_bodies_in_it(string method)
    {
        WeaveSource(optimize: true);

        Assert.That(Find("Plain"), Has.Count.EqualTo(2));
        MethodDefinition only = Find(method).Single();
        Assert.That(only.Body.Instructions.Any(i => i.Operand is FieldReference { Name: "_count" }) || method == "RequiringAsync");
        Assert.That(only.Body.HasExceptionHandlers, "the traced body");
    }

    [Test]
    public void A_constructor_that_requires_something_has_a_second_only_if_it_is_not_public()
    {
        WeaveSource(optimize: true);

        Assert.That(
            _module.Types.SelectMany(t => t.Methods).Where(m => m.IsConstructor && Names(m).Contains("RequiresUnreferencedCodeAttribute"))
                .Select(m => string.Join(' ', m.Parameters.Select(p => p.ParameterType.Name))),
            Is.EqualTo(new[] { "Int32", "String", "Int32 ThreadRecorder" }));
        Assert.That(_module.Types.SelectMany(t => t.Methods)
            .Count(m => m.IsConstructor && m.Parameters.Any(p => p.ParameterType.Name == "String")), Is.EqualTo(1));
    }

    [Test]
    public void What_the_trimmer_is_told_of_a_parameter_stands_on_the_separate_body_too()
    {
        WeaveSource(optimize: true);

        Assert.That(Find("Taking")[1].Parameters.Select(p =>
            string.Join(' ', p.CustomAttributes.Select(a => a.ConstructorArguments.Single().Value))), Is.EqualTo(new[] { "8", "" }));
    }

    [Test]
    public void The_flags_of_a_method_are_where_its_code_is()
    {
        WeaveSource(optimize: true);

        Assert.That(Find("NotInlined").Single().NoInlining);
        Assert.That(Find("NotOptimized").Single().NoOptimization);
        const MethodImplAttributes Kept = MethodImplAttributes.AggressiveInlining | MethodImplAttributes.NoInlining
            | MethodImplAttributes.Synchronized | MethodImplAttributes.NoOptimization | MethodImplAttributes.AggressiveOptimization;
        Assert.That(Find("Optimized").Select(m => m.ImplAttributes & Kept), Is.EqualTo(new[]
        {
            MethodImplAttributes.AggressiveOptimization, MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.NoInlining,
        }));
        Assert.That(
            Find("Inlined").Select(m => m.ImplAttributes & Kept),
            Is.EqualTo(new[] { MethodImplAttributes.AggressiveInlining, MethodImplAttributes.NoInlining }));
        Assert.That(
            Find("Synchronized").Select(m => m.ImplAttributes & Kept),
            Is.EqualTo(new[] { MethodImplAttributes.Synchronized, MethodImplAttributes.NoInlining }));
    }

    [TestCase("Requiring", "RequiresUnreferencedCodeAttribute", "RequiresDynamicCodeAttribute", "RequiresAssemblyFilesAttribute")]
    [TestCase("Suppressing", "UnconditionalSuppressMessageAttribute")]
    [TestCase("get_SuppressingProperty", "UnconditionalSuppressMessageAttribute", "UnconditionalSuppressMessageAttribute")]
    [TestCase("Debugged", "DebuggerStepThroughAttribute", "DebuggerHiddenAttribute", "DebuggerNonUserCodeAttribute",
        "DebuggerStepperBoundaryAttribute")]
    [TestCase("Hidden", "StackTraceHiddenAttribute")]
    [TestCase("Uncovered", "ExcludeFromCodeCoverageAttribute")]
    [TestCase("get_UncoveredProperty", "ExcludeFromCodeCoverageAttribute")]
    [TestCase("Critical", "SecurityCriticalAttribute")]
    [TestCase("SafeCritical", "SecuritySafeCriticalAttribute")]
    [TestCase("Obfuscated", "ObfuscationAttribute")]
    public void What_changes_how_code_is_read_stands_on_the_separate_body_too(string method, params string[] attributes)
    {
        WeaveSource(optimize: true);

        // The method stands on one line, so its separate body is hidden from stack traces.
        Assert.That(Names(Find(method)[1]),
            Is.EquivalentTo(attributes.Concat(new[] { "CompilerGeneratedAttribute", "StackTraceHiddenAttribute" }.Except(attributes))));
    }

    [TestCase("Found")]
    [TestCase("Depending")]
    [TestCase("WithParameters")]
    [TestCase("Returning")]
    [TestCase("Async")]
    [TestCase("Start")]
    [TestCase("Called")]
    public void Everything_else_stands_on_the_method_alone(string method)
    {
        WeaveSource(optimize: true);

        List<MethodDefinition> bodies = Find(method);
        Assert.That(bodies, Has.Count.EqualTo(2));
        Assert.That(Names(bodies[1]).Except(["StackTraceHiddenAttribute"]), Is.EqualTo(new[] { "CompilerGeneratedAttribute" }));
        Assert.That(bodies[1].Parameters.SelectMany(p => p.CustomAttributes).Concat(bodies[1].MethodReturnType.CustomAttributes), Is.Empty);
    }

    [Test]
    public void Parameters_and_type_parameters_are_what_they_were()
    {
        WeaveSource(optimize: true);

        MethodDefinition separate = Find("WithParameters")[1];
        Assert.That(separate.Parameters.Select(p => (p.Name, p.Attributes)), Is.EqualTo(new[]
        {
            ("first", ParameterAttributes.In), ("second", ParameterAttributes.Out), ("third", ParameterAttributes.None),
                ("rest", ParameterAttributes.None),
        }));
        List<MethodDefinition> generic = Find("Generic");
        Assert.That(generic[1].GenericParameters.Select(Describe), Is.EqualTo(generic[0].GenericParameters.Select(Describe)));
        Assert.That(Describe(generic[0].GenericParameters[0]), Does.Contain("DynamicallyAccessedMembers"));
        Assert.That(Describe(generic[0].GenericParameters[1]), Does.Contain("IsUnmanaged"));

        static string Describe(GenericParameter parameter) => string.Join(
            ' ',
            [parameter.Name, parameter.Attributes.ToString(), .. parameter.Constraints.Select(c => c.ConstraintType.FullName),
                .. parameter.CustomAttributes.Select(a => a.AttributeType.Name)]);
    }

    [Test]
    public void A_state_machine_has_one_method_that_begins_it([Values] bool optimize)
    {
        WeaveSource(optimize);

        List<object> machines = _module.GetTypes().SelectMany(t => t.Methods).SelectMany(m => m.CustomAttributes)
            .Where(a => a.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
            .Select(a => a.ConstructorArguments[0].Value).ToList();
        Assert.That(machines, Has.Count.EqualTo(3));
        Assert.That(machines, Is.Unique);
    }

    [Test]
    public void The_separate_body_of_a_lambda_has_a_name_by_which_the_trimmer_finds_its_method()
    {
        WeaveSource(optimize: true);

        List<string> separate = _module.GetTypes().SelectMany(t => t.Methods).Select(m => m.Name)
            .Where(name => name.StartsWith("<<Lambdas>", StringComparison.Ordinal)).ToList();
        Assert.That(separate, Has.Count.EqualTo(3));
        // That of .NET 8 looks behind the first '>', that of .NET 10 behind the last.
        Assert.That(separate.Select(name => name[name.IndexOf('>', 1) + 1]), Is.All.AnyOf('b', 'g'));
        Assert.That(separate.Select(name => name[name.LastIndexOf('>') + 1]), Is.All.AnyOf('b', 'g'));
    }

    [Test]
    public void Only_what_makes_closures_twice_tells_the_trimmer_so()
    {
        WeaveSource(optimize: true);

        MethodDefinition[] telling = _module.GetTypes().SelectMany(t => t.Methods)
            .Where(m => m.CustomAttributes.Any(a => a.ConstructorArguments.Any(argument => Equals(argument.Value, "IL2117")))).ToArray();
        Assert.That(telling.Select(m => m.Name), Is.EqualTo(new[] { "<Lambdas>traced" }));
    }

    [Test]
    public void Attributes_that_an_assembly_declares_itself_count_as_well()
    {
        const string Own = """
            namespace System.Diagnostics.CodeAnalysis
            {
                internal sealed class RequiresUnreferencedCodeAttribute : System.Attribute;
                internal sealed class UnconditionalSuppressMessageAttribute(string category, string id) : System.Attribute;
            }

            public class C
            {
                private int _count;
                [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode]
                public void Requiring() { _count++; System.Console.Write(_count); }
                public System.Func<int> Making(int x) { _count++; return () => x + _count; }
            }
            """;
        CompiledProgram program = Compiler.Compile("Own", Own, optimize: true, Folder);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));
        _module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(program.AssemblyPath)));

        Assert.That(Find("Requiring"), Has.Count.EqualTo(1));
        TypeReference attribute = Find("Making")[1].CustomAttributes.Single(a => a.HasConstructorArguments).AttributeType;
        Assert.That(attribute, Is.InstanceOf<TypeDefinition>());
    }

    [Test]
    public void A_debug_build_adds_no_attribute_to_a_method_and_no_method()
    {
        string before = Attributes(CompileSource(optimize: false));
        WeaveSource(optimize: false);

        string after = Attributes(PathOf("Bodies.dll"));

        Assert.That(after, Is.EqualTo(before));

        static string Attributes(string path)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(path)));
            return string.Join(Environment.NewLine, module.Types.Where(t => t.Name is "C" or "Started").SelectMany(t => t.Methods)
                .Select(m => $"{m.Name} {m.Attributes} {m.ImplAttributes}: {string.Join(' ', Names(m))}"));
        }
    }

    private string CompileSource(bool optimize) => Compiler.Compile("Bodies", Source, optimize, Folder).AssemblyPath;

    private void WeaveSource(bool optimize)
    {
        string path = CompileSource(optimize);
        Assert.That(Weave(path).Outcome, Is.EqualTo(WeaveOutcome.Woven));
        _module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(path)));
    }

    /// <summary>The method and, if there is one, its separate body.</summary>
    private List<MethodDefinition> Find(string name) =>
        _module.Types.SelectMany(t => t.Methods).Where(m => m.Name == name || m.Name == $"<{name}>traced").ToList();

    private static IEnumerable<string> Names(MethodDefinition method) => method.CustomAttributes.Select(a => a.AttributeType.Name);
}
