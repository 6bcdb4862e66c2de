using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Drivers;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

return Workload.Run(args, output =>
{
    var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
    runner.Load(Assembly.GetExecutingAssembly(), new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0, ["RandomSeed"] = 42, ["SynchronousEvents"] = true });
    ITestResult result = runner.Run(TestListener.NULL, TestFilter.Empty);
    Show(output, result, 0);
    ITestResult some = runner.Run(TestListener.NULL, TestFilter.FromXml("<filter><or><cat>some</cat><name re='1'>Adding.*</name><and><method>Fails</method><not><cat>none</cat></not></and></or></filter>"));
    Show(output, some, 0);
});

static void Show(TextWriter output, ITestResult result, int depth)
{
    output.WriteLine($"{new string(' ', depth)}{result.Name} {result.ResultState} {result.AssertCount} {result.PassCount} {result.FailCount} {result.SkipCount} {result.InconclusiveCount}");
    if (result.Message is { Length: > 0 } message)
        output.WriteLine(string.Join("\n", message.Split('\n').Where(line => !line.StartsWith("   at ", System.StringComparison.Ordinal))));
    foreach (IPropertyBag properties in new[] { result.Test.Properties })
        output.WriteLine(string.Join(";", properties.Keys.Where(key => !key.StartsWith('_')).Order().Select(key => $"{key}={string.Join(",", properties[key].Cast<object>())}")));
    output.Write(result.Output);
    foreach (ITestResult child in result.Children.OrderBy(child => child.FullName, System.StringComparer.Ordinal))
        Show(output, child, depth + 1);
}
