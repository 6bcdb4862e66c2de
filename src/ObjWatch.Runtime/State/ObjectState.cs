using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;

namespace ObjWatch.Recording;

/// <summary>What is remembered of one object: its identity and the last seen lengths of its collections.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectState
{
    private SeenLength[] _lengths = [];

    internal ObjectState(ulong identity)
    {
        Identity = identity;
    }

    /// <summary>Number and type of the object, as the trace holds them.</summary>
    internal ulong Identity { get; }

    /// <summary>Remembers the length of a collection in one of the object's members.</summary>
    /// <param name="memberKey">Which member.</param>
    /// <param name="collection">The collection the member holds now.</param>
    /// <param name="length">Its length now.</param>
    /// <param name="before">Its length when last seen.</param>
    /// <returns>Whether the same collection was seen there before. Of two threads that look at once, one sees the change.</returns>
    internal bool Exchange(int memberKey, object collection, int length, out int before)
    {
        long now = Word(collection, length);
        SeenLength seen = Find(memberKey) ?? Add(memberKey, now);
        long then = Volatile.Read(ref seen.Value);
        before = (int)then;
        return then != now && Interlocked.CompareExchange(ref seen.Value, now, then) == then && then >> 32 == now >> 32;
    }

    /// <summary>Whether a member held the same collection with the same length when it was last looked at.</summary>
    internal bool HasSeen(int memberKey, object collection, int length) =>
        Find(memberKey) is { } seen && Volatile.Read(ref seen.Value) == Word(collection, length);

    private static long Word(object collection, int length) => ((long)RuntimeHelpers.GetHashCode(collection) << 32) | (uint)length;

    private SeenLength? Find(int memberKey)
    {
        foreach (SeenLength seen in Volatile.Read(ref _lengths))
        {
            if (seen.MemberKey == memberKey)
                return seen;
        }

        return null;
    }

    private SeenLength Add(int memberKey, long value)
    {
        // No thread but one inside a probe can hold this lock, and none does anything else meanwhile.
        using (new Hold(this))
        {
            SeenLength? present = Find(memberKey);
            if (present != null)
                return present;
            var added = new SeenLength(memberKey, value);
            SeenLength[] lengths = _lengths;
            Array.Resize(ref lengths, lengths.Length + 1);
            lengths[lengths.Length - 1] = added;
            Volatile.Write(ref _lengths, lengths);
            return added;
        }
    }

    /// <summary>The collection seen in a member (its identity hash, above) and its length (below): one word, so that no lock is needed.</summary>
    private sealed class SeenLength
    {
        public readonly int MemberKey;
        public long Value;

        public SeenLength(int memberKey, long value)
        {
            MemberKey = memberKey;
            Value = value;
        }
    }
}
