using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Annotated;

using DAM = DynamicallyAccessedMembersAttribute;
using Kinds = DynamicallyAccessedMemberTypes;

public static class Everything
{
    public static string[] Run()
    {
        List<string> results = [];
        Add("plain", Parameters.Plain(typeof(Sample)));
        Add("by name", Parameters.ByName("Annotated.Sample, Lib") is Sample ? 1 : 0);
        Add("generic", Parameters.Generic(new Sample()));
        Add("create", Parameters.Create<Sample>().Number);
        Add("returned", Parameters.Returned(true).GetMethod("Double") == null ? 0 : 1);
        Type both = typeof(Sample);
        Parameters.Out(out Type type, typeof(Sample), ref both);
        Add("out", type.GetField("Text") == null ? 0 : 1);
        Add("array", Parameters.Array(typeof(Sample), typeof(int)));
        Add("captured", Parameters.Captured(typeof(Sample)));
        Add("local", Parameters.Local(typeof(Sample)));
        Add("async", Parameters.Async(typeof(Sample)).Result);
        Add("async generic", Parameters.AsyncGeneric(new Sample(3)).Result);
        Add("iterator", Parameters.Iterator(typeof(Sample)).Count());
        Add("async iterator", FirstOf(Parameters.AsyncIterator<Sample>()).Result == "Double" ? 1 : 0);
        Add("members", new Members<Sample>(typeof(Sample)) { Initial = typeof(Sample) }.Use());
        Add("made", new Members<Sample>().Make().Number);
        Add("suppressed", Requiring.Suppressed("System.Int32"));
        Add("suppressed async", Requiring.SuppressedAsync("System.Int32").Result);
        Add("suppressed property", Requiring.SuppressedProperty.Length + Requiring.SuppressedAtProperty.Length);
        Requiring.Suppressing += (_, _) => results.Add("raised");
        Requiring.Raise();
        Add("requiring class", UserOfRequiringClass.Use());
        Token token = typeof(Sample);
        Add("token", token == new Token(typeof(Sample)) ? 1 : 0);
        Add("entry", (new Entry(typeof(Sample), 1) with { Count = 2 }).Has("Double") ? 1 : 0);
        Add("registry", Registry.Count);
        IFinder finder = new DerivedFinder();
        Add("finder", finder.Find(typeof(Sample)) + (finder.Default().GetMethod("Double") == null ? 0 : 10)
            + finder.Made<Sample>().Number * 100);
        Add("special", SpecialType.Ask(typeof(Sample)));
        Add("reflecting", Reflecting.Use() ? 1 : 0);
        Add("hierarchy", new Hierarchy().Change() + (new Hierarchy().Methods().Contains("Change") ? 10 : 0));
        Add("features", Features.Use());
        Add("depending", Depending.Use());
        Add("closures", Closures.Nested(2) + Closures.Asynchronously(3).Result * 100);
        var old = new Old.OldFinder();
        Add("old", old.Find(typeof(Sample)) + old.Use("System.Int") * 10 + old.Closures(1) * 1000);
        return results.ToArray();

        void Add(string name, int result) => results.Add($"{name}: {result}");
    }

    private static async Task<T> FirstOf<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T item in items)
            return item;
        throw new InvalidOperationException();
    }
}
