using System.IO;
using ObjWatch.Sessions;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>The sites of the hand-woven code in these tests, registered as a woven assembly's are.</summary>
internal static class WovenSites
{
    private static readonly int _first = Register();
    private static readonly byte[] _gates = Probe.Gates(_first);

    public static int Next => _first;

    public static int Take => _first + 1;

    public static int BaseConstructor => _first + 2;

    public static int DerivedConstructor => _first + 3;

    public static int Value => _first + 4;

    public static int Items => _first + 5;

    public static int Total => _first + 6;

    public static int Size => _first + 7;

    public static int Anything => _first + 8;

    public static int Unlock => _first + 9;

    public static int GetCode => _first + 10;

    public static int Password => _first + 11;

    public static int Code => _first + 12;

    public static int Amount => _first + 13;

    /// <summary>What woven code tests first: whether anything is recorded at a site.</summary>
    public static bool IsOpen(int site) => _gates[site - _first] != 0;

    private static int Register()
    {
        SiteTable table = Table();
        var bytes = new MemoryStream();
        table.Write(bytes);
        return SessionControl.OfProcess.Register(() => new MemoryStream(bytes.ToArray()), table.Sites.Count);
    }

    private static SiteTable Table()
    {
        var table = new SiteTable { WeaverVersion = "0.1.0", AssemblyName = "Tests", Files = { "Counter.cs" } };
        table.Options["Output"] = "built.objwatch";
        table.Options["weave.Targets"] = "*";
        table.Methods.Add(new MethodEntry("Tests.Counter.Next", "Counter", 0, 10, MethodFlags.None, [new ParameterEntry("n", "int")])
            { NamespaceLength = 5, NameStart = 14, NameLength = 4 });
        table.Methods.Add(
            new MethodEntry("Tests.Program.Take", "Program", 0, 20, MethodFlags.Static, [new ParameterEntry("value", "object")])
            { NamespaceLength = 5, NameStart = 14, NameLength = 4 });
        table.Methods.Add(new MethodEntry("Tests.Base..ctor", "Base", 0, 30, MethodFlags.Constructor | MethodFlags.ReturnsVoid, [])
            { NamespaceLength = 5, NameStart = 11, NameLength = 5 });
        table.Methods.Add(new MethodEntry("Tests.Derived..ctor", "Derived", 0, 40, MethodFlags.Constructor | MethodFlags.ReturnsVoid, [])
            { NamespaceLength = 5, NameStart = 14, NameLength = 5 });
        table.Members.Add(new MemberEntry("Counter.value", MemberKind.Instance) { Namespace = "Tests" });
        table.Members.Add(new MemberEntry("Counter.items", MemberKind.Instance) { Namespace = "Tests" });
        table.Members.Add(new MemberEntry("Program.Total", MemberKind.Static) { Namespace = "Tests" });
        table.Members.Add(new MemberEntry("Counter.Size", MemberKind.Instance) { Namespace = "Tests" });
        table.Members.Add(new MemberEntry("Program.anything", MemberKind.Static) { Namespace = "Tests" });
        for (int method = 0; method < 4; method++)
            table.Sites.Add(new SiteEntry(SiteKind.Method, method, -1, table.Methods[method].Line));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 0, 0, 12));
        table.Sites.Add(new SiteEntry(SiteKind.Length, 0, 1, 13));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 1, 2, 22));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 0, 3, 14));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 1, 4, 23));
        AddVault(table);
        return table;
    }

    /// <summary>A class with things to keep secret: some by their name, some by attribute.</summary>
    private static void AddVault(SiteTable table)
    {
        table.Methods.Add(new MethodEntry(
            "Tests.Safe.Vault.Unlock", "Vault", 0, 50, MethodFlags.None,
            [new ParameterEntry("password", "string"), new ParameterEntry("pin", "int")
                { Redacted = true }, new ParameterEntry("token", "CancellationToken"), new ParameterEntry("n", "int")])
        {
            NamespaceLength = 10, NameStart = 17, NameLength = 6,
        });
        table.Methods.Add(new MethodEntry("Tests.Safe.Vault.get_Code", "Vault", 0, 60, MethodFlags.RedactedResult, [])
        {
            NamespaceLength = 10, NameStart = 17, NameLength = 8,
        });
        table.Members.Add(new MemberEntry("Vault._password", MemberKind.Instance) { Namespace = "Tests.Safe" });
        table.Members.Add(new MemberEntry("Vault.Code", MemberKind.Instance) { Namespace = "Tests.Safe", Redacted = true });
        table.Members.Add(new MemberEntry("amount", MemberKind.Local));
        table.Sites.Add(new SiteEntry(SiteKind.Method, 4, -1, 50));
        table.Sites.Add(new SiteEntry(SiteKind.Method, 5, -1, 60));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 4, 5, 52));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 4, 6, 53));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 4, 7, 54));
    }
}
