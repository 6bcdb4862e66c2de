using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ObjWatch.Trace.Selecting;

/// <summary>Parses one target by recursive descent. docs/selection.md has the grammar.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TargetParser
{
    private static readonly string[] SourceExtensions = [".cs", ".fs", ".vb", ".razor", ".cshtml"];

    private readonly string _text;
    private int _position;

    private TargetParser(string text) => _text = text;

    /// <summary>Parses a target.</summary>
    /// <exception cref="TargetSyntaxException">The text does not follow the grammar.</exception>
    public static Target Parse(string text) => new TargetParser(text).Parse();

    private Target Parse()
    {
        if (_text == "*")
            return new EverythingTarget();
        if (IsSourceFile())
            return SourceFile();
        NamespacePattern pattern = Namespace();
        if (AtEnd)
            return new NamespaceTarget(pattern);
        Expect(':', "':' between namespace and type, as in Ns:Type.Method()");
        var type = new TypeTarget(pattern, TypeChain());
        if (AtEnd)
            return type;
        if (Accept(':'))
        {
            Expect(':', "'::' in front of a static member");
            var name = new NamePattern(Name("the name of a static member"));
            ExpectEnd();
            return new MemberTarget(type, name, isStatic: true);
        }

        Expect('.', "'+' and a nested type, '.' and a member, '::' and a static member, or the end");
        return Member(type);
    }

    private bool IsSourceFile() =>
        _text.IndexOfAny(['/', '\\']) >= 0 || (_text.IndexOf(':') < 0 && SourceExtensions.Contains(Path.GetExtension(_text)));

    private SourceFileTarget SourceFile()
    {
        int bad = _text.IndexOfAny(['<', '>', '|', '"', '(', ')']);
        return bad < 0 ? new SourceFileTarget(new SourcePathPattern(_text)) : throw Error(bad, "expected the path of a source file");
    }

    private NamespacePattern Namespace()
    {
        if (!AtEnd && Current == ':')
            return new NamespacePattern("");
        int start = _position;
        do
            Name("a name");
        while (Accept('.'));
        return new NamespacePattern(_text.Substring(start, _position - start));
    }

    private List<TypeNamePattern> TypeChain()
    {
        var chain = new List<TypeNamePattern>();
        do
            chain.Add(new TypeNamePattern(Name("the name of a type"), Arity()));
        while (Accept('+'));
        return chain;
    }

    private int? Arity()
    {
        if (Accept('`'))
        {
            int start = _position;
            while (!AtEnd && Current is >= '0' and <= '9')
                _position++;
            string digits = _text.Substring(start, _position - start);
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int arity)
                ? arity
                : throw Error(start, "expected the number of type parameters");
        }

        return !AtEnd && Current == '<' ? TypeParameters() : null;
    }

    private int TypeParameters()
    {
        int open = _position;
        int count = 1;
        int depth = 0;
        for (; !AtEnd; _position++)
        {
            if (Current == '<')
                depth++;
            else if (Current == ',' && depth == 1)
                count++;
            else if (Current == '>' && --depth == 0)
            {
                _position++;
                return count;
            }
        }

        throw Error(open, "expected a '>' for this '<'");
    }

    // A member's name may hold dots: that of an explicit implementation begins with the interface.
    private Target Member(TypeTarget type)
    {
        int start = _position;
        if (!AtEnd && Current == '.')
            return Constructor(type);
        int end;
        do
        {
            Name("the name of a member");
            end = _position;
            if (!AtEnd && Current == '<')
                TypeParameters();
        }
        while (Accept('.'));
        bool isGenericMethod = end < _position && !AtEnd && Current == '(';
        var name = new NamePattern(_text.Substring(start, (isGenericMethod ? end : _position) - start));
        if (AtEnd)
            return new MemberTarget(type, name, isStatic: false);
        Parentheses();
        return new MethodTarget(type, name);
    }

    private MethodTarget Constructor(TypeTarget type)
    {
        int start = _position++;
        string name = "." + Name("'.ctor()' or '.cctor()'");
        if (name is not (".ctor" or ".cctor" or ".*"))
            throw Error(start, "expected '.ctor()' or '.cctor()'");
        Parentheses();
        return new MethodTarget(type, new NamePattern(name));
    }

    private void Parentheses()
    {
        Expect('(', "'()' after the name of a method, or the end");
        Expect(')', "')': a method is selected with all its overloads");
        ExpectEnd();
    }

    private string Name(string expected)
    {
        int start = _position;
        while (!AtEnd && IsNameCharacter(Current))
            _position++;
        if (start == _position)
            throw Error(start, "expected " + expected);
        return char.IsDigit(_text[start])
            ? throw Error(start, "expected " + expected)
            : _text.Substring(start, _position - start);
    }

    private static bool IsNameCharacter(char character) =>
        character is '*' or '?' or '_' or '@' or '$' || char.IsLetterOrDigit(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Surrogate;

    private bool AtEnd => _position == _text.Length;

    private char Current => _text[_position];

    private bool Accept(char expected)
    {
        if (AtEnd || Current != expected)
            return false;
        _position++;
        return true;
    }

    private void Expect(char expected, string description)
    {
        if (!Accept(expected))
            throw Error(_position, "expected " + description);
    }

    private void ExpectEnd()
    {
        if (!AtEnd)
            throw Error(_position, "expected the end");
    }

    private TargetSyntaxException Error(int position, string message)
    {
        string rest = position < _text.Length ? $", but there is '{_text.Substring(position)}'" : ", but the target ends here";
        return new TargetSyntaxException(position + 1, message + rest);
    }
}
