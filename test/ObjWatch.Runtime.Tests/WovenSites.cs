using System.IO;
using ObjWatch.Recording;
using ObjWatch.Trace;

namespace ObjWatch.Runtime.Tests;

/// <summary>The sites of the hand-woven code in these tests, registered as a woven assembly's are.</summary>
internal static class WovenSites
{
    private static readonly int _first = Register();

    public static int Next => _first;

    public static int Take => _first + 1;

    public static int BaseConstructor => _first + 2;

    public static int DerivedConstructor => _first + 3;

    public static int Value => _first + 4;

    public static int Items => _first + 5;

    public static int Total => _first + 6;

    public static int Size => _first + 7;

    public static int Anything => _first + 8;

    private static int Register()
    {
        SiteTable table = Table();
        var bytes = new MemoryStream();
        table.Write(bytes);
        return WovenAssemblies.Register(() => new MemoryStream(bytes.ToArray()), table.Sites.Count);
    }

    private static SiteTable Table()
    {
        var table = new SiteTable { WeaverVersion = "0.1.0", AssemblyName = "Tests", Files = { "Counter.cs" } };
        table.Options["Output"] = "built.objwatch";
        table.Options["weave.Targets"] = "*";
        table.Methods.Add(new MethodEntry("Tests.Counter.Next", "Counter", 0, 10, MethodFlags.None, [new ParameterEntry("n", "int")]));
        table.Methods.Add(new MethodEntry("Tests.Program.Take", "Program", 0, 20, MethodFlags.Static, [new ParameterEntry("value", "object")]));
        table.Methods.Add(new MethodEntry("Tests.Base..ctor", "Base", 0, 30, MethodFlags.Constructor | MethodFlags.ReturnsVoid, []));
        table.Methods.Add(new MethodEntry("Tests.Derived..ctor", "Derived", 0, 40, MethodFlags.Constructor | MethodFlags.ReturnsVoid, []));
        table.Members.Add(new MemberEntry("Counter.value", MemberKind.Instance));
        table.Members.Add(new MemberEntry("Counter.items", MemberKind.Instance));
        table.Members.Add(new MemberEntry("Program.Total", MemberKind.Static));
        table.Members.Add(new MemberEntry("Counter.Size", MemberKind.Instance));
        table.Members.Add(new MemberEntry("Program.anything", MemberKind.Static));
        for (int method = 0; method < 4; method++)
            table.Sites.Add(new SiteEntry(SiteKind.Method, method, -1, table.Methods[method].Line));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 0, 0, 12));
        table.Sites.Add(new SiteEntry(SiteKind.Length, 0, 1, 13));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 1, 2, 22));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 0, 3, 14));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 1, 4, 23));
        return table;
    }
}
