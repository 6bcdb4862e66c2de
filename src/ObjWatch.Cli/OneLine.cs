using System.Text;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary>Makes text that came from outside fit for one line of a terminal.</summary>
internal static class OneLine
{
    public static string Of(string text) => Encoding.UTF8.GetString(Names.Safe(text));
}
