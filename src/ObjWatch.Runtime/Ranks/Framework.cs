using System;
using System.Linq;

namespace ObjWatch.Ranks;

/// <summary>The names that the option <c>framework</c> takes.</summary>
internal static class Framework
{
    /// <summary>Whatever tells the rank first: our own variables, a live framework, a launcher's variables.</summary>
    public const string Auto = "auto";

    /// <summary>Environment variables only.</summary>
    public const string Environment = "env";

    /// <summary>MPI in this process only.</summary>
    public const string Mpi = "mpi";

    /// <summary>No ranks: no prefix, no filter.</summary>
    public const string None = "none";

    private static readonly string[] _builtIn = [Auto, Environment, Mpi, None];

    /// <summary>Whether a name needs no registration.</summary>
    public static bool IsBuiltIn(string name) => _builtIn.Any(other => Same(other, name));

    /// <summary>Whether two names mean the same.</summary>
    public static bool Same(string left, string right) => string.Equals(left.Trim(), right.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>All names there are now, for messages.</summary>
    public static string Known() => string.Join(", ", _builtIn.Concat(RankRegistry.All().Select(provider => provider.Name)));
}
