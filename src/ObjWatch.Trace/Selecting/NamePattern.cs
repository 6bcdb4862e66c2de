using System.ComponentModel;

namespace ObjWatch.Trace.Selecting;

/// <summary>A name in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NamePattern
{
    private readonly bool _ignoreCase;

    /// <param name="text">The pattern.</param>
    /// <param name="ignoreCase">Whether <c>a</c> is as good as <c>A</c>.</param>
    public NamePattern(string text, bool ignoreCase = false)
    {
        Text = text;
        _ignoreCase = ignoreCase;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether the whole name matches.</summary>
    public bool Matches(string name)
    {
        int pattern = 0;
        int position = 0;
        int star = -1;
        int resume = 0;
        while (position < name.Length)
        {
            if (pattern < Text.Length && Text[pattern] == '*')
            {
                star = pattern++;
                resume = position;
            }
            else if (pattern < Text.Length && (Text[pattern] == '?' || AreSame(Text[pattern], name[position])))
            {
                pattern++;
                position++;
            }
            else if (star >= 0)
            {
                // The last star takes one more character, and the rest is tried again.
                pattern = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (pattern < Text.Length && Text[pattern] == '*')
            pattern++;
        return pattern == Text.Length;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private bool AreSame(char left, char right) =>
        left == right || (_ignoreCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));
}
