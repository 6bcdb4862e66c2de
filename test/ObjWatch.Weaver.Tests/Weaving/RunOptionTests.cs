using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>What the options of a run do to a program that really was woven.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class RunOptionTests : WeaverFixture
{
    private const string Secret = "hunter2";

    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using ObjWatch;

        namespace App
        {
            public record User(string Name, [ObjWatchRedact] string Pin);
            public class Account([ObjWatchRedact] string pin) { public int Length() => pin.Length; public void Clear() => pin = ""; }
            public struct Login { public string Name; [ObjWatchRedact] public string Hint { get; set; } }

            public class Store
            {
                private int _count;
                private static int s_total;
                [ObjWatchRedact] private string _code = "";
                [ObjWatchRedact]
                public string Key
                {
                    get { return _code; }
                    set { string previous = _code; _code = value; _count += previous.Length - previous.Length; }
                }
                public string Password { get; set; } = "";
                public Login Last { get; set; }

                public string GetToken() { _count++; return _code; }

                public async Task<int> AddAsync(int n, [ObjWatchRedact] string why)
                {
                    _count += n;
                    await Task.Yield();
                    _count += n;
                    Total(n);
                    return _count + why.Length;
                }

                public IEnumerable<int> Numbers([ObjWatchRedact] string why)
                {
                    _count++;
                    yield return 1;
                    _count++;
                    yield return why.Length;
                }

                public void Total(int n) { s_total += n; }
            }

            public static class Program
            {
                public static async Task Main(string[] args)
                {
                    string secret = new string(new[] { 'h', 'u', 'n', 't', 'e', 'r', '2' });
                    var store = new Store { Key = secret, Password = secret };
                    store.Last = new Login { Name = "eve", Hint = secret };
                    var user = new User("eve", secret);
                    var account = new Account(secret);
                    if (account.Length() > 0)
                        account.Clear();
                    Console.WriteLine(await store.AddAsync(3, secret));
                    foreach (int n in store.Numbers(secret))
                        Console.WriteLine(n);
                    Console.WriteLine(store.GetToken().Length + store.Key.Length + user.Pin.Length);
                }
            }
        }
        """;

    private readonly bool _optimize;

    public RunOptionTests(bool optimize) => _optimize = optimize;

    [Test]
    public void Nothing_that_is_redacted_reaches_the_trace()
    {
        string[] lines = Run(new() { ["OBJWATCH_OUTPUT"] = "App.objtrace;App.objwatch" }, locals: false);

        byte[] trace = File.ReadAllBytes(PathOf("App.objtrace"));
        Assert.That(trace.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Secret)), Is.EqualTo(-1), "the secret stands in the trace");
        Assert.That(lines, Has.Some.Contains("upd Store.Key (redacted) -> (redacted)")
            .Or.Some.Contains("upd Store._code (redacted) -> (redacted)"));
        Assert.That(lines, Has.Some.Contains("upd Store.Password (redacted) -> (redacted)"));
        Assert.That(lines, Has.Some.Contains("-> Login { Name = \"eve\", Hint = (redacted) }"));
        Assert.That(lines, Has.Some.Contains("run App.User..ctor <- 'this':User#").And.Some.Contains("'Name':\"eve\", 'Pin':(redacted)"));
        Assert.That(lines, Has.Some.Contains("upd User.Pin (redacted) -> (redacted)"));
        Assert.That(lines, Has.Some.Contains("upd Account.pin (redacted) -> (redacted)"));
        Assert.That(lines, Has.Some.Contains("run App.Store.AddAsync <- 'this':Store#1, 'n':3, 'why':(redacted)"));
        Assert.That(lines, Has.Some.Contains("run App.Store.Numbers <- 'this':Store#1, 'why':(redacted)"));
        Assert.That(lines, Has.Some.Contains("end App.Store.GetToken -> (redacted)"));
        Assert.That(lines, Has.Some.Contains("end App.Store.AddAsync -> 13"));
    }

    [Test]
    public void Stores_are_seen_where_only_the_member_is_wanted()
    {
        string[] lines = Run(new() { ["OBJWATCH_TARGETS"] = "App:Store._count" }, locals: false);

        // What follows the await goes on on whatever thread, and what only stores has no time of its own.
        Assert.That(lines.Select(line => EventLines.WithoutThread(line)[6..]), Is.EquivalentTo(new[]
        {
            "upd Store._count 0 -> 3 #1", "upd Store._count 3 -> 6 #1", "upd Store._count 6 -> 7 #1", "upd Store._count 7 -> 8 #1",
                "upd Store._count 8 -> 9 #1",
        }));
    }

    [Test]
    public void Methods_can_be_left_out_one_by_one()
    {
        string[] lines =
            Run(new() { ["OBJWATCH_EXCLUDE"] = "App:Store.AddAsync(); App:Store.Numbers(); App:Store.s_total" }, locals: false);

        Assert.That(lines, Has.None.Contains("Store.AddAsync").And.None.Contains("Store.Numbers").And.None.Contains("s_total"));
        Assert.That(lines, Has.Some.Contains("upd Store._count 0 -> 3").And.Some.Contains("upd Store._count 6 -> 7"));
        Assert.That(lines.Count(line => line.Contains(" run ")), Is.EqualTo(lines.Count(line => line.Contains(" end "))));
        Assert.That(lines, Has.Some.Contains("run App.Store.Total <- 'this':Store#1, 'n':3"));
    }

    [Test]
    public void Statics_and_locals_can_be_switched_off()
    {
        Assert.That(Run([], locals: true), Has.Some.Contains("upd _.previous ").And.Some.Contains("upd @.Store.s_total"));
        string[] lines = Again(new() { ["OBJWATCH_LOCALS"] = "false", ["OBJWATCH_STATICS"] = "false" });
        Assert.That(lines, Has.None.Contains("upd _.").And.None.Contains("upd @."));
    }

    [Test]
    public void Calls_below_the_maximum_depth_are_left_out()
    {
        string[] lines = Run(new() { ["OBJWATCH_MAXIMUM_DEPTH"] = "1" }, locals: false);
        Assert.That(lines, Has.Some.Contains("run App.Program.Main"));
        // What the rest of AddAsync calls after its await counts from the thread it goes on.
        Assert.That(lines.Where(line => line.Contains(" run ") && !line.Contains("Main") && !line.Contains("Total")), Is.Empty);
    }

    private string[] Run(Dictionary<string, string?> environment, bool locals)
    {
        CompiledProgram program = Compiler.Compile(new CompileRequest
        {
            Name = "App", Sources = new Dictionary<string, string> { ["App.cs"] = Source }, Directory = Folder, Optimize = _optimize,
            References = RuntimeLibraries.Paths,
        });
        WeaveResult result = new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { Locals = locals });
        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        return Again(environment);
    }

    private string[] Again(Dictionary<string, string?> environment)
    {
        ProcessResult traced = ProgramRunner.Run(PathOf("App.dll"), workingDirectory: Folder, environment: environment);
        Assert.That(traced.ExitCode, Is.Zero, traced.Error);
        Assert.That(traced.OutputLines, Is.EqualTo(new[] { "13", "1", "7", "21" }), "what the program prints");
        return EventLines.Of(PathOf("App.objwatch")).ToArray();
    }
}
