using System;
using System.Collections.Generic;

namespace ObjWatch.Weaver.Planning;

/// <summary>Code that no compiler writes and that the weaver leaves as it is.</summary>
internal static class UnusualCode
{
    /// <summary>The reason code of such a method.</summary>
    public const string Reason = "unusual-code";

    /// <summary>What was in the way, by the exception that it ended in: those thrown on purpose say it themselves.</summary>
    public static string Describe(Exception exception) =>
        exception is KeyNotFoundException or NotSupportedException or InvalidOperationException
            ? exception.Message
            : $"{exception.GetType().Name}: {exception.Message}";
}
