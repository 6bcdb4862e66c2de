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
    private readonly Addresses _addresses;

    public Statements(Choices choices, SourceWriter source, Expressions expressions)
    {
        _choices = choices;
        _source = source;
        _expressions = expressions;
        _blocks = new Blocks(choices, source, expressions, this);
        _addresses = new Addresses(choices, source, expressions, this);
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
        int choice = _choices.Of(29);
        if (choice >= 18 && scope.Depth < Deepest && _choices.Any)
        {
            _blocks.One(scope with { Depth = scope.Depth + 1 }, choice - 18);
            return scope;
        }

        switch (choice)
        {
            case 0 or 1 or 2 or 18 or 19:
                Store(scope);
                return scope;
            case 3 or 4 or 20:
                return Declare(scope);
            case 5 or 6 or 21 or 22:
                ChangeCollection(scope);
                return scope;
            case 7 or 8 or 23:
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
            case 13 or 14:
                return _addresses.Local(scope);
            case 15:
                _addresses.Span(scope);
                return scope;
            case 16:
                _addresses.Pointer(scope);
                return scope;
            case 17:
                _addresses.Call(scope);
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
            Kind.List =>
                _choices.Of(
                    [$"?.Add({value});", $"?.Remove({value});", "?.Clear();", $".Insert(0, {value});", $".RemoveAt({value});",
                        $".AddRange([1, {value}]);", $"[{value} & 1] = 9;"]),
            Kind.Map => _choices.Of([$"[{key}] = {value};", $"?.Remove({key});", $".Add({key}, {value});", "?.Clear();"]),
            Kind.Set => _choices.Of([$"?.Add({value});", $"?.Remove({value});", "?.Clear();"]),
            _ => $"[{value} & 3]{_choices.Of(["", " +", " -"])}= {_expressions.Of(scope, Kind.Int)};",
        });
    }

    /// <summary>Statements that change something through its address.</summary>
    private void ThroughAddress(Scope scope)
    {
        Variable[] targets = scope.Variables.Where(variable => variable.HasAddress
            && variable.Kind is Kind.Int or Kind.Long or Kind.Text or Kind.Point or Kind.Pair or Kind.MaybeInt or Kind.Cells or Kind.Mark
            or Kind.Node).ToArray();
        if (targets.Length == 0)
        {
            Store(scope);
            return;
        }

        Variable target = _choices.Of(targets);
        Scope arguments = scope with { MayAwait = false };
        string value = _choices.Of(2) == 0 ? _expressions.Pure(scope, Kind.Int) : _expressions.Of(arguments, Kind.Int);
        _source.Line(string.Format(null, _choices.Of(target.Kind switch
        {
            Kind.Int =>
                ["Interlocked.Increment(ref {0});", "Interlocked.Add(ref {0}, {1});", "Helper.Bump(ref {0}, {1});",
                    "int.TryParse(\"12\", out {0});", "Helper.Give(out {0}, {1});"],
            Kind.Long =>
                ["Interlocked.Exchange(ref {0}, {1});", "Interlocked.CompareExchange(ref {0}, {1}, 0);", "Volatile.Write(ref {0}, {1});"],
            Kind.Text => ["Interlocked.Exchange(ref {0}, {2});", "Interlocked.CompareExchange(ref {0}, {2}, null);"],
            Kind.Node => (string[])["Interlocked.Exchange(ref {0}, null);", "Interlocked.CompareExchange(ref {0}, {3}, null);"],
            Kind.Point => ["{0}.X = {1};", "{0}.Y += {1};", "{0}.Move({1});", "Helper.Bump(ref {0}.Y, {1});"],
            Kind.Pair => ["{0}.Item1 = {1};", "{0}.Item2 = \"pair\";", "{0} = ({1}, null);"],
            Kind.Cells => ["{0}[1] = {1};", "{0}[0] += {1};", "((Span<int>){0}).Fill({1});", "Helper.Bump(ref {0}[2], {1});"],
            Kind.Mark => ["{0}.Number = {1};", "{0}.Word += \"s\";", "{0} = {0} with {{ Number = {1} }};"],
            _ => ["{0} = null;", "{0} = {1};", "{0}++;", "{0} += {1};"],
        }), target.Name, value, _expressions.Pure(scope, Kind.Text), _expressions.Pure(scope, Kind.Node)));
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
