using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Writes expressions of each type.</summary>
internal sealed class Expressions
{
    private const int Deepest = 3;
    private static readonly string[] _words = ["a", "b", "", "cat", "dog", "elk"];
    private readonly Choices _choices;
    private int _names;

    public Expressions(Choices choices) => _choices = choices;

    /// <summary>A name that nothing else has.</summary>
    public string NewName(string prefix) => prefix + (++_names).ToString(CultureInfo.InvariantCulture);

    /// <summary>An expression without calls and stores, for places where the address of a field has been taken.</summary>
    public string Pure(Scope scope, Kind kind)
    {
        List<Variable> variables = scope.Of(kind);
        return variables.Count > 0 && _choices.Of(2) == 1 ? _choices.Of(variables).Name : Literal(kind);
    }

    /// <summary>An expression.</summary>
    public string Of(Scope scope, Kind kind, int depth = 0)
    {
        if (depth >= Deepest || !_choices.Any)
            return Pure(scope, kind);
        string Sub(Kind other) => Of(scope, other, depth + 1);
        List<Variable> stored = scope.Stored(kind);
        switch (_choices.Of(10))
        {
            case 0 or 1 or 2:
                return Pure(scope, kind);
            case 3:
                return $"({Sub(Kind.Bool)} ? {Cast(kind, Sub(kind))} : {Sub(kind)})";
            case 4 when stored.Count > 0:
                return $"({_choices.Of(stored).Name} = {Sub(kind)})";
            case 5:
                return $"Helper.Same({Cast(kind, Sub(kind))})";
            case 6:
                return $"((Func<{kind.Name()}>)(() => {Of(scope.Captured(), kind, depth + 1)}))()";
            default:
                return Special(scope, kind, Sub);
        }
    }

    private string Special(Scope scope, Kind kind, System.Func<Kind, string> sub) => kind switch
    {
        Kind.Int => Integer(scope, sub),
        Kind.Long => $"({sub(Kind.Long)} * 31 + {sub(Kind.Int)})",
        Kind.Bool => Condition(scope, sub),
        Kind.Text => _choices.Of(4) switch
        {
            0 => $"Helper.Cut({sub(Kind.Text)} + {sub(Kind.Text)})",
            1 => $"Helper.Cut({sub(Kind.Int)}.ToString(CultureInfo.InvariantCulture))",
            2 => $"({sub(Kind.Text)} ?? {sub(Kind.Text)})",
            _ => $"Helper.Cut($\"{{{sub(Kind.Text)}}}{{({sub(Kind.Int)})}}\")",
        },
        Kind.Color => $"(Color)((int)({sub(Kind.Color)} + 1) % 3)",
        Kind.MaybeInt => _choices.Of(2) == 0 ? "(int?)null" : $"(int?)({sub(Kind.Int)})",
        Kind.Point => _choices.Of(3) switch
        {
            0 => $"new Point({sub(Kind.Int)}, {sub(Kind.Int)})",
            1 => $"({sub(Kind.Point)} with {{ X = {sub(Kind.Int)} }})",
            _ => $"({sub(Kind.Point)} + {sub(Kind.Point)})",
        },
        Kind.Pair => $"({sub(Kind.Int)}, {sub(Kind.Text)})",
        Kind.List => _choices.Of(2) == 0 || scope.InFilter
        ? $"new List<int> {{ {sub(Kind.Int)}, {sub(Kind.Int)} }}" : $"(List<int>)[{sub(Kind.Int)}, .. {sub(Kind.Array)}]",
        Kind.Map => $"new Dictionary<string, int> {{ [{sub(Kind.Text)}] = {sub(Kind.Int)} }}",
        Kind.Set => $"new HashSet<int> {{ {sub(Kind.Int)} }}",
        Kind.Array => $"new int[] {{ {sub(Kind.Int)}, {sub(Kind.Int)}, 3 }}",
        Kind.Cells => $"Helper.Cells({sub(Kind.Int)}, {sub(Kind.Int)})",
        Kind.Mark => _choices.Of(2) == 0
        ? $"new Mark({sub(Kind.Int)}, {sub(Kind.Text)})" : $"({sub(Kind.Mark)} with {{ Number = {sub(Kind.Int)} }})",
        _ => $"Helper.Make({sub(Kind.Int)}, {sub(Kind.Text)})",
    };

    private string Integer(Scope scope, System.Func<Kind, string> sub)
    {
        List<Variable> stored = scope.Stored(Kind.Int);
        switch (_choices.Of(28))
        {
            case 0 or 1:
                return $"({sub(Kind.Int)} {_choices.Of(["+", "-", "*", "^", "&", "|", "<<", ">>", ">>>"])} {sub(Kind.Int)})";
            case 2:
                return $"({sub(Kind.Int)} {_choices.Of(["/", "%"])} Helper.Same({sub(Kind.Int)}))";
            case 3:
                return $"Helper.Checked({sub(Kind.Int)}, {sub(Kind.Int)})";
            case 4:
                return $"({sub(Kind.Text)}).Length";
            case 5:
                return $"({sub(Kind.List)}).Count";
            case 6:
                return $"({sub(Kind.Array)})[{sub(Kind.Int)} & 3]";
            case 7:
                return $"({sub(Kind.Point)}).Sum";
            case 8:
                return $"({sub(Kind.MaybeInt)} ?? {sub(Kind.Int)})";
            case 9 when stored.Count > 0:
                return _choices.Of(stored).Name + _choices.Of(["++", "--"]);
            case 10 when stored.Count > 0:
                return $"({_choices.Of(stored).Name} {_choices.Of(["+=", "-=", "^=", "|="])} {sub(Kind.Int)})";
            case 11 or 12 or 13 when scope.Methods.Count > 0:
                return $"{_choices.Of(scope.Methods)}({sub(Kind.Int)}, {sub(Kind.Text)})";
            case 14 when scope.MayAwait && scope.AsyncMethods.Count > 0:
                return $"(await {_choices.Of(scope.AsyncMethods)}({sub(Kind.Int)}))";
            case 15 when scope.Iterators.Count > 0:
                return $"{_choices.Of(scope.Iterators)}({sub(Kind.Int)}).Take(3).Sum()";
            case 16:
                return $"({sub(Kind.Int)} switch {{ 0 => {sub(Kind.Int)}, > 3 and < 10 => {sub(Kind.Int)}, _ => {sub(Kind.Int)} }})";
            case 17:
                return $"(({sub(Kind.Node)})?.Closed ?? {sub(Kind.Int)})";
            case 18:
                string parameter = NewName("x");
                return $"((Func<int, int>)({parameter} => "
                    + $"{Of(scope.Captured().With(new Variable(parameter, Kind.Int)), Kind.Int, Deepest - 1)}))({sub(Kind.Int)})";
            case 19:
                return $"(new Entry({sub(Kind.Int)}, {sub(Kind.Text)}) with {{ Number = {sub(Kind.Int)} }}).Number";
            case 20:
                return $"({sub(Kind.Map)}).GetValueOrDefault({sub(Kind.Text)}, {sub(Kind.Int)})";
            case 21:
                return $"Helper.Sum({sub(Kind.Cells)})";
            case 22:
                return $"({sub(Kind.Mark)}).Number";
            case >= 23 and <= 26:
                return Pattern(sub);
            default:
                return $"((int){sub(Kind.Color)})";
        }
    }

    /// <summary>A switch expression over something else than a number.</summary>
    private string Pattern(System.Func<Kind, string> sub)
    {
        string name = NewName("p");
        return _choices.Of(4) switch
        {
            0 => $"(Helper.Same({sub(Kind.Text)}) switch {{ \"a\" or \"cat\" => {sub(Kind.Int)}, null => {sub(Kind.Int)}, {{ Length: > 3 "
                + $"}} {name} => {name}.Length, _ => {sub(Kind.Int)} }})",
            1 => $"(Helper.Same({sub(Kind.Pair)}) switch {{ (0, _) => {sub(Kind.Int)}, (var {name}, \"cat\") when {name} > 1 => {name}, "
                + $"_ => {sub(Kind.Int)} }})",
            2 => $"(Helper.Same({sub(Kind.Array)}) switch {{ [4, ..] => {sub(Kind.Int)}, [_, var {name}, ..] when {name} > 0 => {name}, "
                + $"null => {sub(Kind.Int)}, _ => 5 }})",
            _ => $"(Helper.Same({sub(Kind.Node)}) switch {{ Leaf {{ Closed: 0 }} {name} => {name}.Count(), {{ Serial: > 3 }} => "
                + $"{sub(Kind.Int)}, null => {sub(Kind.Int)}, _ => 6 }})",
        };
    }

    private string Condition(Scope scope, System.Func<Kind, string> sub) => _choices.Of(7) switch
    {
        0 => $"({sub(Kind.Int)} {_choices.Of(["<", ">", "==", "!=", "<=", ">="])} {sub(Kind.Int)})",
        1 => $"({sub(Kind.Bool)} && {sub(Kind.Bool)})",
        2 => $"({sub(Kind.Bool)} || {sub(Kind.Bool)})",
        3 => $"(({sub(Kind.Text)}) is {{ Length: > 1 }})",
        4 => $"(({sub(Kind.Node)}) is null)",
        5 => $"({sub(Kind.Set)}).Contains({sub(Kind.Int)})",
        _ => scope.Of(Kind.MaybeInt) is { Count: > 0 } maybe ? $"({_choices.Of(maybe).Name} is {{ }})" : $"!{sub(Kind.Bool)}",
    };

    private string Literal(Kind kind) => kind switch
    {
        Kind.Int => _choices.Of(8).ToString(CultureInfo.InvariantCulture),
        Kind.Long => _choices.Of(100).ToString(CultureInfo.InvariantCulture) + "L",
        Kind.Bool => _choices.Of(2) == 0 ? "false" : "true",
        Kind.Text => "\"" + _choices.Of(_words) + "\"",
        Kind.Color => "Color." + _choices.Of(["Red", "Green", "Blue"]),
        Kind.MaybeInt => _choices.Of(2) == 0 ? "(int?)null" : "(int?)4",
        Kind.Point => _choices.Of(2) == 0 ? "default(Point)" : "new Point(2, 3)",
        Kind.Pair => "(1, \"" + _choices.Of(_words) + "\")",
        Kind.List => _choices.Of(2) == 0 ? "new List<int>()" : "new List<int> { 1, 2 }",
        Kind.Map => "new Dictionary<string, int>()",
        Kind.Set => "new HashSet<int>()",
        Kind.Array => "new int[] { 4, 5, 6 }",
        Kind.Cells => _choices.Of(2) == 0 ? "default(Cells)" : "Helper.Cells(1, 2)",
        Kind.Mark => _choices.Of(2) == 0 ? "default(Mark)" : "new Mark(3, \"elk\")",
        _ => "(Tracked)null",
    };

    private static string Cast(Kind kind, string expression) => $"({kind.Name()})({expression})";
}
