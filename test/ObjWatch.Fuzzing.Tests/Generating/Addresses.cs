using System.Collections.Generic;
using System.Linq;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Writes statements that keep an address and store through it later, with other statements in between: <c>ref</c> locals and
/// parameters, spans, pointers.</summary>
internal sealed class Addresses
{
    private const int Deepest = 4;
    private readonly Choices _choices;
    private readonly SourceWriter _source;
    private readonly Expressions _expressions;
    private readonly Statements _statements;

    public Addresses(Choices choices, SourceWriter source, Expressions expressions, Statements statements)
    {
        _choices = choices;
        _source = source;
        _expressions = expressions;
        _statements = statements;
    }

    /// <summary>Declares a <c>ref</c> local.</summary>
    /// <returns>What may be used behind it.</returns>
    public Scope Local(Scope scope)
    {
        if (scope.MayAwait || scope.MayYield || Kept(scope) is not { Count: > 0 } kept)
        {
            Span(scope);
            return scope;
        }

        Variable target = _choices.Of(kept);
        Variable other = _choices.Of(kept.FindAll(variable => variable.Kind == target.Kind));
        var local = new Variable(_expressions.NewName("r"), target.Kind, Place.Reference);
        string declaration = $"scoped ref {target.Kind.Name()} {local.Name} = ref ";
        switch (_choices.Of(3))
        {
            case 0:
                _source.Line($"{declaration}{target.Name};");
                break;
            case 1:
                _source.Line($"{declaration}({_expressions.Of(scope, Kind.Bool)} ? ref {target.Name} : ref {other.Name});");
                break;
            default:
                _source.Line($"{declaration}{target.Name};");
                _source.Line($"if ({_expressions.Of(scope, Kind.Bool)})");
                _source.Line($"    {local.Name} = ref {other.Name};");
                break;
        }

        _source.Line($"{local.Name} = {_expressions.Of(scope, target.Kind)};");
        return scope.With(local);
    }

    /// <summary>Stores through a span over a variable, an inline array or an array.</summary>
    public void Span(Scope scope)
    {
        Variable[] targets =
            scope.Variables.Where(variable => variable.Kind == Kind.Array
                || (variable.KeepsAddress && variable.Kind is Kind.Int or Kind.Cells)).ToArray();
        string span = _expressions.NewName("s");
        _source.Open();
        _source.Line($"scoped Span<int> {span} = " + (targets.Length == 0 ? "new int[2];" : Over(_choices.Of(targets))));
        _source.Line(
            string.Format(null, _choices.Of(["{0}[0] = {1};", "{0}.Fill({1});", "{0}[^1] += {1};", "foreach (ref int e in {0}) e ^= {1};"]),
                span, _expressions.Of(Within(scope), Kind.Int)));
        Inside(scope);
        _source.Line($"{span}[0]{_choices.Of(["++", "--", " = 4"])};");
        _source.Close();
    }

    /// <summary>Stores through a pointer to a field, to a local, or to memory on the stack.</summary>
    public void Pointer(Scope scope)
    {
        if (scope.InStateMachine)
        {
            Span(scope);
            return;
        }

        List<Variable> fields =
            scope.Variables.Where(variable => variable is { Place: Place.Field, CanStore: true, Kind: Kind.Int or Kind.Long or Kind.Point })
            .ToList();
        string pointer = _expressions.NewName("p");
        _source.Open("unsafe");
        switch (_choices.Of(3))
        {
            case 0 when fields.Count > 0:
                Variable field = _choices.Of(fields);
                string place = field.Kind == Kind.Point ? pointer + "->" + _choices.Of(["X", "Y"]) : $"(*{pointer})";
                _source.Open($"fixed ({field.Kind.Name()}* {pointer} = &{field.Name})");
                _source.Line($"{place} = {_expressions.Of(scope, Kind.Int)};");
                Inside(scope);
                _source.Line($"{place}{_choices.Of([" += 2", "++", " ^= 1"])};");
                _source.Close();
                break;
            case 1 when scope.MayUseStack:
                _source.Line($"int* {pointer} = stackalloc int[3];");
                _source.Line($"{pointer}[1] = {_expressions.Of(scope with { Return = null }, Kind.Int)};");
                _source.Line($"Helper.Same({pointer}[0] + {pointer}[1]);");
                break;
            default:
                string local = _expressions.NewName("v");
                _source.Line($"int {local} = {_expressions.Of(scope, Kind.Int)};");
                _source.Line($"int* {pointer} = &{local};");
                _source.Line($"*{pointer} += {_expressions.Of(scope, Kind.Int)};");
                Inside(scope);
                _source.Line($"{pointer}[0]++;");
                _source.Line($"output.WriteLine({local});");
                break;
        }

        _source.Close();
    }

    /// <summary>Calls a method that stores to its <c>ref</c> parameter between other statements.</summary>
    public void Call(Scope scope)
    {
        List<Variable> targets = Kept(scope).FindAll(variable => variable.Kind == Kind.Int);
        if (targets.Count == 0 || scope.ReferenceMethods.Count == 0)
        {
            Span(scope);
            return;
        }

        Scope within = Within(scope);
        _source.Line(
            $"Helper.Same({_choices.Of(scope.ReferenceMethods)}(ref {_choices.Of(targets).Name}, {_expressions.Of(within, Kind.Int)}, "
            + $"{_expressions.Of(within, Kind.Text)}, output));");
    }

    private static string Over(Variable target) => target.Kind switch
    {
        Kind.Array => $"{target.Name}.AsSpan();",
        Kind.Cells => $"{target.Name};",
        _ => $"new(ref {target.Name});",
    };

    private void Inside(Scope scope)
    {
        if (scope.Depth < Deepest)
            _statements.Several(Within(scope) with { Depth = scope.Depth + 1 }, 3);
    }

    /// <summary>Where no address lives on: it may not be kept across an await or a yield.</summary>
    private static Scope Within(Scope scope) => scope with { MayAwait = false, MayYield = false };

    private static List<Variable> Kept(Scope scope) => scope.Variables.Where(variable => variable.KeepsAddress).ToList();
}
