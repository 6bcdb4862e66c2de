using ObjWatch.Trace.Format;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>Names for the traces of the tests: a counter class, as the Quickstart has it.</summary>
internal static class Sample
{
    public const int Main = 1;
    public const int Constructor = 2;
    public const int Increment = 3;
    public const int Add = 4;
    public const int Parse = 5;
    public const int ValueStore = 6;
    public const int TotalStore = 7;
    public const int LocalStore = 8;
    public const int ItemsLength = 9;
    public const int NameStore = 10;
    public const int Scan = 11;

    public const int CounterType = 1;
    public const int ListType = 2;
    public const int DictionaryType = 3;
    public const int PointType = 4;
    public const int ColorType = 5;
    public const int ErrorType = 6;

    public static TraceBuilder Trace(uint version = TraceFormat.Version)
    {
        var table = new SiteTable { WeaverVersion = "0.1.0", AssemblyName = "Sample" };
        table.Files.Add("/src/Sample.cs");
        table.Methods.AddRange([
            new MethodEntry("Sample.Program.Main", "Program", 0, 40, MethodFlags.Static | MethodFlags.ReturnsVoid, []),
            new MethodEntry("Sample.Counter..ctor", "Counter", 0, 10, MethodFlags.Constructor
                | MethodFlags.ReturnsVoid, [new("value", "int")]),
            new MethodEntry("Sample.Counter.Increment", "Counter", 0, 14, MethodFlags.None, []),
            new MethodEntry("Sample.Counter.Add", "Counter", 0, 18, MethodFlags.ReturnsVoid, [new("item", "object"), new("times", "int")]),
            new MethodEntry("Sample.Program.Parse", "Program", 0, 60, MethodFlags.Static, [new("text", "string")]),
            new MethodEntry("Sample.Program.Scan", "Program", 0, 70, MethodFlags.Static,
                [new("bytes", "Span<byte>"), new("count", "ref int")]),
        ]);
        for (int i = 0; i < table.Methods.Count; i++)
            table.Methods[i] = table.Methods[i] with { NamespaceLength = (ushort)"Sample".Length };
        table.Members.AddRange([
            new MemberEntry("Counter.Value", MemberKind.Instance),
            new MemberEntry("Counter.Total", MemberKind.Static),
            new MemberEntry("sum", MemberKind.Local),
            new MemberEntry("Counter.items", MemberKind.Instance),
            new MemberEntry("Counter.Name", MemberKind.Instance),
        ]);
        table.Sites.AddRange([
            new SiteEntry(SiteKind.Method, 0, -1, 0),
            new SiteEntry(SiteKind.Method, 1, -1, 0),
            new SiteEntry(SiteKind.Method, 2, -1, 0),
            new SiteEntry(SiteKind.Method, 3, -1, 0),
            new SiteEntry(SiteKind.Method, 4, -1, 0),
            new SiteEntry(SiteKind.Store, 2, 0, 15),
            new SiteEntry(SiteKind.Store, 2, 1, 16),
            new SiteEntry(SiteKind.Store, 0, 2, 44),
            new SiteEntry(SiteKind.Length, 3, 3, 19),
            new SiteEntry(SiteKind.Store, 3, 4, 7),
            new SiteEntry(SiteKind.Method, 5, -1, 0),
        ]);
        var trace = new TraceBuilder(version);
        trace.Fact("process", "Sample");
        trace.Table(Main, table, partSize: 100);
        trace.Type(CounterType, "Counter");
        trace.Type(ListType, "List<int>");
        trace.Type(DictionaryType, "Dictionary<string, int>");
        trace.Type(PointType, "Point", "X", "Y");
        trace.Enum(ColorType, "Color", ("None", 0), ("Red", 1), ("Green", 2), ("Yellow", 3), ("Blue", 4));
        trace.Type(ErrorType, "InvalidOperationException");
        trace.Text(1, "Counter.Increment");
        return trace;
    }
}
