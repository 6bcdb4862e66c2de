using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace;

namespace ObjWatch.Reading.Tests;

/// <summary>What one part of ObjWatch sees of another, and what others see of them.</summary>
[TestFixture]
internal sealed class PublicSurfaceTests
{
    private static IEnumerable<string> Projects => Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
        .Select(Path.GetFileNameWithoutExtension).Order()!;

    [Test]
    public void Only_the_documented_namespace_shows_in_IntelliSense()
    {
        Type[] types = typeof(RecordedTrace).Assembly.GetExportedTypes();
        Assert.Multiple(() =>
        {
            Assert.That(types.Where(type => type.Namespace != typeof(RecordedTrace).Namespace && !IsHidden(type)), Is.Empty);
            Assert.That(types.Where(type => type.Namespace == typeof(RecordedTrace).Namespace && IsHidden(type)), Is.Empty);
        });
    }

    [TestCaseSource(nameof(Projects))]
    public void Only_tests_see_internals(string project) =>
        Assert.That(Included(project, "InternalsVisibleTo"), Is.All.EndsWith(".Tests").Or.EqualTo("ObjWatch.Benchmarks"));

    [TestCaseSource(nameof(Projects))]
    public void No_source_file_is_compiled_into_two_products(string project) => Assert.That(Included(project, "Compile"), Is.Empty);

    private static bool IsHidden(Type type) => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never;

    private static IEnumerable<string> Included(string project, string item) =>
        XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants(item)
        .Select(element => element.Attribute("Include")?.Value ?? "");
}
