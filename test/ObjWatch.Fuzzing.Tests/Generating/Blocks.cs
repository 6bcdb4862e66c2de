using System;
using System.Collections.Generic;
using System.Globalization;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Writes statements that hold other statements.</summary>
internal sealed class Blocks
{
    private readonly Choices _choices;
    private readonly SourceWriter _source;
    private readonly Expressions _expressions;
    private readonly Statements _statements;

    public Blocks(Choices choices, SourceWriter source, Expressions expressions, Statements statements)
    {
        _choices = choices;
        _source = source;
        _expressions = expressions;
        _statements = statements;
    }

    /// <summary>Writes one of eleven.</summary>
    public void One(Scope scope, int choice)
    {
        switch (choice)
        {
            case 0:
                If(scope);
                break;
            case 1:
                For(scope);
                break;
            case 2:
                While(scope);
                break;
            case 3:
                ForEach(scope);
                break;
            case 4:
                Switch(scope);
                break;
            case 5 or 6:
                Try(scope);
                break;
            case 7:
                Lambda(scope);
                break;
            case 8:
                LocalFunction(scope);
                break;
            case 9:
                Enclosed(scope);
                break;
            default:
                Again(scope);
                break;
        }
    }

    private void Block(Scope scope, string? head = null, int most = 4, string end = "}")
    {
        _source.Open(head);
        _statements.Several(scope, most);
        _source.Close(end);
    }

    private void If(Scope scope)
    {
        Block(scope, $"if ({_expressions.Of(scope, Kind.Bool)})");
        if (_choices.Of(2) == 1)
            Block(scope, "else");
    }

    private void For(Scope scope)
    {
        string i = _expressions.NewName("i");
        Block(scope.With(new Variable(i, Kind.Int, CanStore: false)) with { InLoop = true },
            $"for (int {i} = 0; {i} < {(_choices.Of(4) + 1).ToString(CultureInfo.InvariantCulture)} && Fuel.Burn(); {i}++)");
    }

    private void While(Scope scope)
    {
        string condition = $"Fuel.Burn() && {_expressions.Of(scope, Kind.Bool)}";
        if (_choices.Of(2) == 0)
        {
            Block(scope with { InLoop = true }, $"while ({condition})");
            return;
        }

        Block(scope with { InLoop = true }, "do", end: $"}} while ({condition});");
    }

    private void ForEach(Scope scope)
    {
        string item = _expressions.NewName("e");
        Scope inner = scope.With(new Variable(item, Kind.Int, CanStore: false)) with { InLoop = true };
        if (scope.Iterators.Count > 0 && _choices.Of(2) == 1)
        {
            Block(inner, $"foreach (int {item} in {_choices.Of(scope.Iterators)}({_expressions.Of(scope, Kind.Int)}))");
            return;
        }

        Block(inner, $"foreach (int {item} in {_expressions.Of(scope, _choices.Of([Kind.Array, Kind.List]))})");
    }

    private void Switch(Scope scope)
    {
        bool text = _choices.Of(2) == 1;
        Scope inner = scope with { InLoop = false };
        _source.Open($"switch ({_expressions.Of(scope, text ? Kind.Text : Kind.Int)})");
        string[] labels = text ? ["case \"a\":", "case \"cat\" or \"dog\":"] : ["case 0:", "case 1 or 2:", "case > 5:"];
        foreach (string label in labels)
        {
            Block(inner, label, most: 3);
            _source.Line(_choices.Once(4) && scope.Return is not null && !text && label != "case 0:" ? "goto case 0;" : "break;");
        }

        Block(inner, "default:", most: 2);
        _source.Line("break;");
        _source.Close();
    }

    private void Try(Scope scope)
    {
        int form = _choices.Of(4);
        Block(scope with { MayYield = scope.MayYield && form == 0, MayUseStack = false }, "try");
        Scope handler = scope with { InCatch = true, MayYield = false, MayUseStack = false };
        if (form is 1 or 3)
            Block(handler, "catch (DivideByZeroException)", most: 3);
        if (form is 2 or 3)
        {
            string exception = _expressions.NewName("x");
            string filter = _choices.Of(2) == 0
                ? "" : $" when ({_expressions.Of(scope with { MayAwait = false, InFilter = true }, Kind.Bool)})";
            _source.Open($"catch (Exception {exception}){filter}");
            _source.Line($"output.WriteLine({exception}.GetType().Name);");
            _statements.Several(handler, 3);
            _source.Close();
        }

        if (form is 0 or 3)
            Block(scope with { Return = null, InLoop = false, InCatch = false, MayYield = false, MayUseStack = false }, "finally", most: 3);
    }

    private void Lambda(Scope scope)
    {
        string name = _expressions.NewName("f");
        string parameter = _expressions.NewName("x");
        _source.Open($"Func<int, int> {name} = {parameter} =>");
        _statements.Several(Inner(scope).With(new Variable(parameter, Kind.Int)), 4);
        _source.Line($"return {_expressions.Of(Inner(scope), Kind.Int)};");
        _source.Close("};");
        _source.Line($"Helper.Same(Fuel.Burn() ? {name}({_expressions.Of(scope, Kind.Int)}) : 0);");
    }

    private void LocalFunction(Scope scope)
    {
        string name = _expressions.NewName("Local");
        string parameter = _expressions.NewName("n");
        _source.Line($"Helper.Same({name}({_expressions.Of(scope, Kind.Int)}));");
        _source.Open($"int {name}(int {parameter})");
        _statements.Several(Inner(scope).With(new Variable(parameter, Kind.Int)), 4);
        _source.Line($"return {parameter} > 2 || !Fuel.Burn() ? {parameter} : {name}({parameter} + 1);");
        _source.Close();
    }

    private void Enclosed(Scope scope)
    {
        switch (_choices.Of(4))
        {
            case 1 when scope.HasThis:
                Block(scope with { MayAwait = false, MayYield = false, MayUseStack = false }, "lock (this)");
                break;
            case 2 when scope.HasThis:
                Block(scope with { MayUseStack = false }, "using (new Closing(this))");
                break;
            case 3 when scope.MayUseStack && scope.Stored(Kind.Int) is { Count: > 0 } stored:
                string span = _expressions.NewName("s");
                _source.Open();
                _source.Line($"Span<int> {span} = stackalloc int[3];");
                _source.Line($"{span}[1] = {_expressions.Of(scope with { Return = null }, Kind.Int)};");
                _source.Line($"{_choices.Of(stored).Name} = {span}[0] + {span}[1] + {span}.Length;");
                _source.Close();
                break;
            default:
                _source.Open("unchecked");
                _statements.Several(scope, 3);
                _source.Close();
                break;
        }
    }

    private void Again(Scope scope)
    {
        string count = _expressions.NewName("n");
        string label = _expressions.NewName("again");
        _source.Open();
        _source.Line($"int {count} = 0;");
        _source.Line($"{label}:");
        _source.Line($"{count}++;");
        _source.Open();
        _statements.Several(scope with { InLoop = false, MayUseStack = false }, 3);
        _source.Close();
        _source.Line($"if ({count} < 3 && Fuel.Burn())");
        _source.Line($"    goto {label};");
        _source.Close();
    }

    private static Scope Inner(Scope scope) => scope.Captured() with
    {
        MayYield = false,
        InLoop = false,
        InCatch = false,
        MayUseStack = false,
        Return = "return {0};",
    };
}
