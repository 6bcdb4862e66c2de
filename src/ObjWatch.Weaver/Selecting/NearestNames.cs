using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Mono.Cecil;

namespace ObjWatch.Weaver.Selecting;

/// <summary>Finds what a target that matches nothing may have been meant to say.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    /// <summary>Up to three targets that exist in the module and differ little from the text, nearest first.</summary>
    public static IReadOnlyList<string> Find(ModuleDefinition module, string text, SourceFiles files)
    {
        string wanted = Plain(text);
        int limit = Math.Max(1, wanted.Length / 4);
        return Candidates(module, files)
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (Name: candidate, Distance: Distance(wanted, Plain(candidate), limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name.Length)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(candidate => $"'{candidate.Name}'")
            .ToList();
    }

    private static IEnumerable<string> Candidates(ModuleDefinition module, SourceFiles files)
    {
        foreach (TypeDefinition type in ModuleMembers.TypesOf(module))
        {
            string space = ModuleMembers.NamespaceOf(type);
            for (string part = space; part.Length > 0; part = part.Substring(0, Math.Max(0, part.LastIndexOf('.'))))
                yield return part;
            string name = $"{space}:{string.Join("+", ModuleMembers.Chain(type).Select(part => ModuleMembers.NameOf(part).Name))}";
            yield return name;
            foreach (MethodDefinition method in type.Methods.Where(method => !ModuleMembers.IsCompilerGenerated(method)))
            {
                if (ModuleMembers.OwnerOf(method) is null)
                    yield return $"{name}.{method.Name}()";
                foreach (string file in files.Of(method))
                {
                    yield return Tail(file);
                    yield return Path.GetFileName(file.Replace('\\', '/'));
                }
            }

            foreach (IMemberDefinition member in ModuleMembers.StateOf(type))
                yield return $"{name}{(ModuleMembers.IsStatic(member) ? "::" : ".")}{member.Name}";
        }
    }

    private static string Tail(string path)
    {
        string[] parts = path.Split('/', '\\');
        return string.Join("/", parts.Skip(Math.Max(0, parts.Length - 2)));
    }

    // Mistaking one sign between names for another is the commonest error, and the smallest.
    private static string Plain(string target)
    {
        var plain = new StringBuilder(target.Length);
        foreach (char character in target)
        {
            if (character is '(' or ')')
                continue;
            bool separates = character is ':' or '+' or '.' or '/' or '\\';
            if (!separates)
                plain.Append(char.ToUpperInvariant(character));
            else if (plain.Length > 0 && plain[plain.Length - 1] != '.')
                plain.Append('.');
        }

        return plain.ToString();
    }

    /// <summary>How many characters must be put in, taken out or replaced; more than <paramref name="limit"/> is all the same.</summary>
    internal static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
            return limit + 1;
        int[] previous = Enumerable.Range(0, right.Length + 1).ToArray();
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
                least = Math.Min(least, current[j]);
            }

            if (least > limit)
                return limit + 1;
            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
