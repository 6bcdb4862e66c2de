using System;
using System.Collections.Generic;
using System.Linq;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Writes statements.</summary>
internal sealed class Statements
{
    private const int Deepest = 4;
    private readonly Choices _choices;
    private readonly SourceWriter _source;
    private readonly Expressions _expressions;
    private readonly Blocks _blocks;

    public Statements(Choices choices, SourceWriter source, Expressions expressions)
    {
        _choices = choices;
        _source = source;
        _expressions = expressions;
        _blocks = new Blocks(choices, source, expressions, this);
    }

    /// <summary>Writes a handful of statements.</summary>
    public void Several(Scope scope, int most)
    {
        int count = _choices.Of(most) + 1;
        for (int i = 0; i < count && (i == 0 || _choices.Any); i++)
            scope = One(scope);
    }

    /// <summary>Writes one statement.</summary>
    /// <returns>What may be used behind it.</returns>
    private Scope One(Scope scope)
    {
        int choice = _choices.Of(24);
        if (choice >= 13 && scope.Depth < Deepest && _choices.Any)
        {
            _blocks.One(scope with { Depth = scope.Depth + 1 }, choice - 13);
            return scope;
        }

        switch (choice)
        {
            case 0 or 1 or 2 or 13 or 14:
                Store(scope);
                return scope;
            case 3 or 4 or 15:
                return Declare(scope);
            case 5 or 6 or 16 or 17:
                ChangeCollection(scope);
                return scope;
            case 7 or 8 or 18:
                ThroughAddress(scope);
                return scope;
            case 9:
                _source.Line($"output.WriteLine({_expressions.Of(scope, Kind.Int)});");
                return scope;
            case 10 when scope.MayYield:
                _source.Line($"yield return {_expressions.Of(scope, Kind.Int)};");
                return scope;
            case 10 or 11 when scope.MayAwait:
                _source.Line("await Task.Yield();");
                return scope;
            case 12:
                Jump(scope);
                return scope;
            default:
                _source.Line($"Helper.Same({_expressions.Of(scope, Kind.Int)});");
                return scope;
        }
    }

    private void Store(Scope scope)
    {
        Variable[] targets = scope.Variables.Where(variable => variable.CanStore).ToArray();
        if (targets.Length == 0)
        {
            _source.Line(";");
            return;
        }

        Variable target = _choices.Of(targets);
        if (_choices.Once(6))
        {
            Variable other = _choices.Of(targets);
            _source.Line($"({target.Name}, {other.Name}) = ({_expressions.Of(scope, target.Kind)}, {_expressions.Of(scope, other.Kind)});");
            return;
        }

        string value = _choices.Of(5) switch
        {
            4 => $"default({target.Kind.Name()})",
            _ => _expressions.Of(scope, target.Kind),
        };
        bool coalesce = target.Kind is Kind.Text or Kind.List or Kind.MaybeInt or Kind.Node && _choices.Once(5);
        _source.Line($"{target.Name} {(coalesce ? "??=" : "=")} {value};");
    }

    private Scope Declare(Scope scope)
    {
        Kind kind = _choices.Of(Kinds.All);
        string name = _expressions.NewName("v");
        _source.Line($"{kind.Name()} {name} = {_expressions.Of(scope, kind)};");
        return scope.With(new Variable(name, kind));
    }

    private void ChangeCollection(Scope scope)
    {
        Variable[] targets = scope.Variables.Where(variable => variable.Kind.IsCollection() || variable.Kind == Kind.Array).ToArray();
        if (targets.Length == 0)
        {
            Store(scope);
            return;
        }

        Variable target = _choices.Of(targets);
        string value = _expressions.Of(scope, Kind.Int);
        string key = _expressions.Of(scope, Kind.Text);
        _source.Line(target.Name + target.Kind switch
        {
            Kind.List => _choices.Of([$"?.Add({value});", $"?.Remove({value});", "?.Clear();", $".Insert(0, {value});", $".RemoveAt({value});", $".AddRange([1, {value}]);", $"[{value} & 1] = 9;"]),
            Kind.Map => _choices.Of([$"[{key}] = {value};", $"?.Remove({key});", $".Add({key}, {value});", "?.Clear();"]),
            Kind.Set => _choices.Of([$"?.Add({value});", $"?.Remove({value});", "?.Clear();"]),
            _ => $"[{value} & 3]{_choices.Of(["", " +", " -"])}= {_expressions.Of(scope, Kind.Int)};",
        });
    }

    /// <summary>Statements that change something through its address. What else stands in them must neither throw behind the change nor change it too.</summary>
    private void ThroughAddress(Scope scope)
    {
        Variable[] targets = scope.Variables
            .Where(variable => variable.CanStore && variable.HasAddress && variable.Kind is Kind.Int or Kind.Long or Kind.Point or Kind.Pair or Kind.MaybeInt).ToArray();
        if (targets.Length == 0)
        {
            Store(scope);
            return;
        }

        Variable target = _choices.Of(targets);
        string value = _expressions.Pure(scope, Kind.Int);
        _source.Line(target.Kind switch
        {
            Kind.Int => string.Format(null, _choices.Of(["Interlocked.Increment(ref {0});", "Interlocked.Add(ref {0}, {1});", "Helper.Bump(ref {0}, {1});", "int.TryParse(\"12\", out {0});", "Helper.Give(out {0}, {1});"]), target.Name, value),
            Kind.Long => $"Interlocked.Exchange(ref {target.Name}, {value});",
            Kind.Point => string.Format(null, _choices.Of(["{0}.X = {1};", "{0}.Y += {1};", "{0}.Move({1});", "Helper.Bump(ref {0}.Y, {1});"]), target.Name, value),
            Kind.Pair => string.Format(null, _choices.Of(["{0}.Item1 = {1};", "{0}.Item2 = \"pair\";", "{0} = ({1}, null);"]), target.Name, value),
            _ => $"{target.Name} = {_choices.Of(["null", value])};",
        });
    }

    private void Jump(Scope scope)
    {
        var jumps = new List<string> { "throw new InvalidOperationException(\"thrown\");" };
        if (scope.Return is not null)
            jumps.Add(string.Format(null, scope.Return, _expressions.Of(scope, Kind.Int)));
        if (scope.InLoop)
            jumps.AddRange(["break;", "continue;"]);
        if (scope.InCatch)
            jumps.Add("throw;");
        string condition = _expressions.Of(scope, Kind.Bool);
        _source.Line($"if ({condition} && Fuel.Burn())");
        _source.Line("    " + _choices.Of(jumps));
    }
}
