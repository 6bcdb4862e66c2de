using System.IO;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a newcomer does first, with the real templates and nothing but the packages.</summary>
internal sealed class NewProjectTests
{
    [Test]
    public void A_new_console_project_with_the_package_is_traced_by_one_property()
    {
        using ScratchProject project = new();
        project.Dotnet("new", "console", "--no-restore").ThatSucceeded();
        project.Dotnet("add", "package", "ObjWatch", "--version", Feed.Version).ThatSucceeded();
        AddProperty(project, "<ObjWatchTargets>App.Models:Account.Deposit()</ObjWatchTargets>");
        project.Write("Program.cs", """
            var account = new App.Models.Account();
            account.Deposit(5);
            account.Close();
            System.Console.WriteLine("done");

            namespace App.Models
            {
                class Account
                {
                    public string Deposit(int amount) => "now " + amount;
                    public void Close() { }
                }
            }
            """);

        CommandResult run = project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(run.Output, Is.EqualTo("done" + System.Environment.NewLine));
        Assert.That(project.Events(), Has.Length.EqualTo(2));
        Assert.That(project.Events(), Has.Exactly(1).Contains("run App.Models.Account.Deposit <- 'this':Account#1, 'amount':5"));
        Assert.That(project.Events(), Has.Exactly(1).Contains("end App.Models.Account.Deposit -> \"now 5\""));
    }

    [TestCase("")]
    [TestCase("-p:ObjWatch=false")]
    public void Without_the_property_the_program_runs_as_it_is(string option)
    {
        using ScratchProject project = ScratchProject.Counter();

        CommandResult run = project.Dotnet(["run", .. option.Length == 0 ? System.Array.Empty<string>() : [option]]).ThatSucceeded();

        Assert.That(run.Output, Is.EqualTo("counted" + System.Environment.NewLine));
        Assert.That(run.Error, Is.Empty);
        Assert.That(Directory.GetFiles(project.Folder, "*objwatch*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void The_last_line_on_standard_error_names_the_trace()
    {
        using ScratchProject project = ScratchProject.Counter();

        CommandResult run = project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        string last = run.Error.TrimEnd().Split('\n')[^1];
        Assert.That(last, Does.Contain("App.objwatch").And.Contain($"{project.Events().Length} events"));
    }

    [Test]
    public void A_path_with_spaces_and_letters_beyond_ASCII_is_a_path_like_any_other()
    {
        using ScratchProject project = ScratchProject.Counter(folder: "Mein Projekt, größer; (日本) 100%");

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    private static void AddProperty(ScratchProject project, string property)
    {
        string file = project.PathOf("App.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace("</PropertyGroup>", property + "</PropertyGroup>"));
    }
}
