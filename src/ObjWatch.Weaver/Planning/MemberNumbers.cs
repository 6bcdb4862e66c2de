using System.Collections.Generic;
using ObjWatch.Trace.Format;

namespace ObjWatch.Weaver.Planning;

/// <summary>Gives members their numbers, in the order in which they are first asked for.</summary>
internal sealed class MemberNumbers
{
    private readonly Dictionary<MemberEntry, int> _numbers = new();
    private readonly List<MemberEntry> _members = new();

    /// <summary>The members that have a number, by it.</summary>
    public IReadOnlyList<MemberEntry> All => _members;

    /// <summary>The number of a member.</summary>
    public int Of(MemberEntry member)
    {
        if (!_numbers.TryGetValue(member, out int number))
        {
            _numbers[member] = number = _members.Count;
            _members.Add(member);
        }

        return number;
    }
}
