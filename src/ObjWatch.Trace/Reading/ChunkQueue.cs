using System;
using System.Collections.Generic;

namespace ObjWatch.Trace.Reading;

/// <summary>The chunks of a stream that have been found and not been read, by their sequence numbers.</summary>
/// <remarks>They are found in the order in which they lie in the file, which is nearly always their own: one that is later than all others
/// costs no search.</remarks>
internal sealed class ChunkQueue
{
    private const int WorthForgetting = 1024;

    private readonly List<StreamChunk> _ascending = [];
    private readonly SortedDictionary<uint, StreamChunk> _others = new();
    private int _taken;

    /// <summary>How many there are.</summary>
    public int Count => _ascending.Count - _taken + _others.Count;

    /// <summary>All of them.</summary>
    public IEnumerable<StreamChunk> All
    {
        get
        {
            foreach (StreamChunk chunk in _others.Values)
                yield return chunk;
            for (int i = _taken; i < _ascending.Count; i++)
                yield return _ascending[i];
        }
    }

    /// <summary>The one with the smallest number. There must be one.</summary>
    public StreamChunk First
    {
        get
        {
            if (_others.Count == 0)
                return _ascending[_taken];
            StreamChunk first = default;
            foreach (StreamChunk chunk in _others.Values)
            {
                first = chunk;
                break;
            }

            return _taken < _ascending.Count && _ascending[_taken].Sequence < first.Sequence ? _ascending[_taken] : first;
        }
    }

    /// <summary>The largest number; <see langword="null"/> when there is none.</summary>
    public uint? Last
    {
        get
        {
            // The others came behind a later one, but that may have been taken.
            uint? last = _taken < _ascending.Count ? _ascending[_ascending.Count - 1].Sequence : null;
            foreach (uint sequence in _others.Keys)
                last = last is null ? sequence : Math.Max(last.Value, sequence);
            return last;
        }
    }

    /// <summary>Adds one.</summary>
    /// <returns>Whether there was none of its number.</returns>
    public bool Add(StreamChunk chunk)
    {
        if (_ascending.Count == _taken || chunk.Sequence > _ascending[_ascending.Count - 1].Sequence)
        {
            if (_others.ContainsKey(chunk.Sequence))
                return false;
            _ascending.Add(chunk);
            return true;
        }

        if (Contains(chunk.Sequence))
            return false;
        _others.Add(chunk.Sequence, chunk);
        return true;
    }

    /// <summary>Whether there is one of this number.</summary>
    public bool Contains(uint sequence)
    {
        int low = _taken;
        for (int high = _ascending.Count; low < high;)
        {
            int middle = low + (high - low) / 2;
            if (_ascending[middle].Sequence < sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return (low < _ascending.Count && _ascending[low].Sequence == sequence) || _others.ContainsKey(sequence);
    }

    /// <summary>Takes the one with the smallest number, which there must be.</summary>
    public StreamChunk Take()
    {
        StreamChunk first = First;
        if (_others.Remove(first.Sequence))
            return first;
        _taken++;
        // What has been read of a long trace need not be remembered.
        if (_taken >= WorthForgetting && _taken >= _ascending.Count / 2)
        {
            _ascending.RemoveRange(0, _taken);
            _taken = 0;
        }

        return first;
    }
}
