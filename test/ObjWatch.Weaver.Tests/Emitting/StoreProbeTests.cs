using NUnit.Framework;
using ObjWatch.Weaver.Emitting.Probes;

namespace ObjWatch.Weaver.Tests.Emitting;

/// <summary>What each kind of probe for stores writes, alone, into the copy of a small method.</summary>
public sealed class StoreProbeTests
{
    private const string Source = """
        public class Subject
        {
            private int _count;
            private volatile int _flag;
            private static string _name;
            private int _left = 3;
            public Subject() : base() { _count = 1; System.Console.WriteLine(); }
            public void Store(int n) => _count = n;
            public void Flag() => _flag = 1;
            public static void Name(string name) => _name = name;
            public int Load() => _count;
            public int Local(int n)
            {
                int twice = n;
                twice += n;
                return twice;
            }
        }
        """;

    [Test]
    public void Field_store_reads_the_old_value_right_before_and_reports_right_behind([Values] bool optimize) =>
        AssertCopy("Store", FieldStoreProbe.Kind, optimize, "ldfld _count", "stfld _count", "Probe.Update _count");

    [Test]
    public void Field_store_reads_with_the_prefixes_of_the_store([Values] bool optimize) =>
        AssertCopy("Flag", FieldStoreProbe.Kind, optimize, "volatile.", "ldfld _flag", "volatile.", "stfld _flag", "Probe.Update _flag");

    [Test]
    public void Field_store_of_a_static_takes_no_object([Values] bool optimize) =>
        AssertCopy("Name", FieldStoreProbe.Kind, optimize, "ldsfld _name", "stsfld _name", "Probe.UpdateReference _name");

    [Test]
    public void Field_load_is_copied_as_it_is([Values] bool optimize) => AssertCopy("Load", FieldStoreProbe.Kind, optimize, "ldfld _count");

    [Test]
    public void Local_store_is_reported_by_the_name_of_the_source() =>
        AssertCopy("Local", LocalStoreProbe.Kind, optimize: false, "Probe.Update twice", "Probe.Update twice");

    [Test]
    public void Local_without_a_name_is_not_reported() => AssertCopy("Load", LocalStoreProbe.Kind, optimize: false, "ldfld _count");

    /// <summary>Before the base constructor has run the object may only be stored into.</summary>
    [Test]
    public void Store_before_the_base_constructor_is_reported_behind_it([Values] bool optimize) =>
        AssertCopy(
            ".ctor", ConstructorProbe.Kind, optimize,
            "stfld _left", ".ctor", "Probe.Constructed", "Probe.Update _left", "stfld _count", "WriteLine");

    private static void AssertCopy(string method, ProbeKind kind, bool optimize, params string[] expected)
    {
        using var bench = new ProbeBench(Source, optimize);
        Assert.That(bench.Copy(method, kind), Is.EqualTo(expected));
    }
}
