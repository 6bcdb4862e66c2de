using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Text;

namespace ObjWatch.Diagnostics;

/// <summary>Our few words to the user. They go to the process's standard error itself: what the program does with Console.Error is its
/// own.</summary>
/// <remarks>Public for the other libraries of ObjWatch, and without a promise: what is here may be gone in the next version.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StandardError
{
    private static readonly HashSet<string> _told = [];

    /// <summary>As <see cref="Say"/>, unless the same has been said before.</summary>
    public static void SayOnce(string message)
    {
        lock (_told)
        {
            if (!_told.Add(message))
                return;
        }

        Say(message);
    }

    /// <summary>Writes one line, <c>objwatch: </c> in front. Never throws.</summary>
    internal static void Say(string message)
    {
        try
        {
            byte[] line = Encoding.UTF8.GetBytes("objwatch: " + message + Environment.NewLine);
            using Stream error = Console.OpenStandardError();
            error.Write(line, 0, line.Length);
            error.Flush();
        }
        catch (Exception)
        {
            // A closed standard error leaves nobody to tell.
        }
    }
}
