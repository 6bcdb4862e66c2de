using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text;

namespace ObjWatch.TorchSharp;

/// <summary>Our few words to the user. They go to the process's standard error itself: what the program does with Console.Error is its own.</summary>
internal static class StandardError
{
    private static readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>Writes one line, unless it has been written before.</summary>
    public static void SayOnce(string message)
    {
        if (!_said.TryAdd(message, true))
            return;
        try
        {
            using Stream error = Console.OpenStandardError();
            error.Write(Encoding.UTF8.GetBytes("objwatch: " + message + Environment.NewLine));
        }
        catch (IOException)
        {
            // A closed standard error leaves nobody to tell.
        }
    }
}
