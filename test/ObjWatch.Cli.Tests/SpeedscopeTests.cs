using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using NUnit.Framework;
using ObjWatch.Reading.Tests;
using ObjWatch.Testing;

namespace ObjWatch.Cli.Tests;

/// <summary>
/// Chrome traces are loaded into speedscope in a browser without a window. <c>SPEEDSCOPE</c> names the folder <c>dist/release</c> of the
/// npm package; the browser is <c>chromium</c> on the PATH. .ci/run brings both where it can.
/// </summary>
[TestFixture]
internal sealed class SpeedscopeTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("objwatch-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Speedscope_shows_the_calls_of_a_chrome_trace()
    {
        string? speedscope = Environment.GetEnvironmentVariable("SPEEDSCOPE");
        string? browser = ProgramRunner.Find("chromium");
        if (string.IsNullOrEmpty(speedscope) || browser is null)
            Assert.Ignore("SPEEDSCOPE does not name speedscope, or there is no chromium: not run on this machine");
        TraceBuilder trace = Traces.Everything();
        string path = Path.Combine(_folder, "run.objtrace");
        File.WriteAllBytes(path, trace.Build());
        Assert.That(Command.Run("log", path, "-o", Path.Combine(_folder, "run.trace.json")).ExitCode, Is.Zero);

        using var server = new HttpListener();
        string address = Listen(server);
        Task serving = Serve(server, speedscope!);
        string page = Show(browser!, $"{address}index.html#profileURL={address}run.trace.json&title=Sample&view=sandwich");
        server.Stop();
        await serving.ConfigureAwait(false);

        // The table of functions: one row for each, however different the arguments of its calls.
        Assert.That(page, Does.Contain("<title>").And.Contain("speedscope"));
        foreach (string function in new[] { "Program.Main", "Counter..ctor", "Program.Scan", "Counter.Add", "Program.Parse" })
            Assert.That(page.Split(">" + function + "<"), Has.Length.EqualTo(2), function);
    }

    private static string Listen(HttpListener server)
    {
        // Any free port will do; the next process may be faster to take it.
        for (int attempt = 0; ; attempt++)
        {
            string address = FormattableString.Invariant($"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/");
            server.Prefixes.Clear();
            server.Prefixes.Add(address);
            try
            {
                server.Start();
                return address;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
            }
        }
    }

    private async Task Serve(HttpListener server, string speedscope)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await server.GetContextAsync().ConfigureAwait(false);
                string name = Path.GetFileName(context.Request.Url!.AbsolutePath);
                string file = Path.Combine(name == "run.trace.json" ? _folder : speedscope, name);
                context.Response.StatusCode = File.Exists(file) ? 200 : 404;
                context.Response.ContentType = Path.GetExtension(name) switch
                    { ".html" => "text/html", ".js" => "text/javascript", ".css" => "text/css", _ => "application/octet-stream" };
                if (File.Exists(file))
                    await context.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file).ConfigureAwait(false))
                        .ConfigureAwait(false);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It has been stopped.
        }
    }

    /// <summary>Loads a page and returns what its scripts made of it.</summary>
    private string Show(string browser, string address)
    {
        ProcessResult result = ProgramRunner.RunProcess(browser,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--user-data-dir=" + Path.Combine(_folder, "profile"), "--virtual-time-budget=20000", "--dump-dom", address,
        ]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Output;
    }
}
