using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Subjects.Tests;

/// <summary>A program of test/ObjWatch.Subjects, and what it must print: its expected output ends with a line that names the exit
/// code.</summary>
internal sealed class Subject
{
    private static readonly string _directory = Path.Combine(AppContext.BaseDirectory, "Subjects");

    public Subject(string name)
    {
        Name = name;
        Source = File.ReadAllText(Path.Combine(_directory, name + ".cs"));
        Expected = File.ReadAllText(Path.Combine(_directory, name + ".expected.txt"));
    }

    /// <summary>Every program, as Debug and as Release.</summary>
    public static IEnumerable<TestFixtureData> Builds =>
        from path in Directory.EnumerateFiles(_directory, "*.cs").Order(StringComparer.Ordinal)
        from optimize in new[] { false, true }
        let name = Path.GetFileNameWithoutExtension(path)
        select new TestFixtureData(name, optimize).SetArgDisplayNames(name, optimize ? "Release" : "Debug");

    public string Name { get; }

    public string Source { get; }

    public string Expected { get; }

    /// <summary>Whether it comes to its end: otherwise methods are still running when it stops.</summary>
    public bool EndsInOrder => Name is not ("Crash" or "Exit");

    /// <summary>What a run has come to, in the form of <see cref="Expected"/>.</summary>
    public static string Outcome(ProcessResult result) => $"{result.Output}exit {result.ExitCode}\n";
}
