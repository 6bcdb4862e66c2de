using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Writes one class: fields and properties of every type, and methods of every kind.</summary>
internal sealed class ClassWriter
{
    private readonly ClassWriter? _parent;
    private readonly Choices _choices;
    private readonly SourceWriter _source;
    private readonly Expressions _expressions;
    private readonly Statements _statements;
    private readonly List<Variable> _fields = new();
    private readonly List<Variable> _statics = new();
    private readonly List<string> _methods = new();
    private readonly List<string> _asyncMethods = new();
    private readonly List<string> _iterators = new();
    private readonly List<string> _staticMethods = new();
    private readonly List<string> _referenceMethods = new();

    public ClassWriter(string name, ClassWriter? parent, Choices choices, SourceWriter source, Expressions expressions)
    {
        Name = name;
        _parent = parent;
        _choices = choices;
        _source = source;
        _expressions = expressions;
        _statements = new Statements(choices, source, expressions);
    }

    /// <summary>The class's name.</summary>
    public string Name { get; }

    /// <summary>Whether its constructor never throws.</summary>
    public bool MayBeBase { get; private set; }

    /// <summary>Calls of its methods; {0} is the object, {1} a number.</summary>
    public IEnumerable<string> Calls =>
        AllMethods.Select(method => $"{{0}}.{method}({{1}}, \"cat\")")
            .Concat(_asyncMethods.Select(method => $"await {{0}}.{method}({{1}})"))
            .Concat(_iterators.Select(method => $"string.Join(\",\", {{0}}.{method}({{1}}))"));

    private IEnumerable<Variable> AllFields => (_parent?.AllFields ?? []).Concat(_fields);

    private IEnumerable<string> AllReferenceMethods => (_parent?.AllReferenceMethods ?? []).Concat(_referenceMethods);

    private IEnumerable<string> AllMethods => (_parent?.AllMethods ?? []).Union(_methods);

    /// <summary>Writes the class.</summary>
    public void Write()
    {
        _source.Open($"class {Name} : {_parent?.Name ?? "Tracked"}");
        WriteFields();
        WriteConstructor();
        int count = _choices.Of(4) + 1;
        for (int i = 0; i < count; i++)
            WriteMethod();
        WriteDescriptions();
        _source.Close();
    }

    private void WriteFields()
    {
        int count = _choices.Of(6) + 2;
        for (int i = 0; i < count; i++)
        {
            Kind kind = i == 0 ? Kind.Int : _choices.Of(Kinds.All);
            string suffix = Name[^1..] + "_" + i.ToString(CultureInfo.InvariantCulture);
            string initializer = _choices.Of(3) == 0 ? "" : " = " + _expressions.Of(new Scope { Variables = [], Methods = [] }, kind);
            switch (_choices.Of(5))
            {
                case 3:
                    _statics.Add(new Variable("_s" + suffix, kind, Place.Static));
                    _source.Line($"private static {kind.Name()} _s{suffix}{initializer};");
                    break;
                case 4:
                    _fields.Add(new Variable("P" + suffix, kind, Place.Property));
                    _source.Line($"public {kind.Name()} P{suffix} {{ get; set; }}{initializer}{(initializer.Length == 0 ? "" : ";")}");
                    break;
                default:
                    _fields.Add(new Variable("_f" + suffix, kind, Place.Field));
                    _source.Line($"protected {kind.Name()} _f{suffix}{initializer};");
                    break;
            }
        }

        _source.Line("private readonly TextWriter output;");
    }

    private void WriteConstructor()
    {
        Scope scope = Scope(("a", Kind.Int), ("s", Kind.Text)) with { Return = "return;" };
        _source.Line($"public {Name}(int a, string s, TextWriter output)");
        if (_parent is not null)
        {
            Scope arguments = new() { Variables = [new Variable("a", Kind.Int), new Variable("s", Kind.Text)], Methods = [] };
            _source.Line($"    : base({_expressions.Of(arguments, Kind.Int)}, {_expressions.Of(arguments, Kind.Text)}, output)");
        }

        _source.Open();
        _source.Line("this.output = output;");
        // Of an object whose base constructor throws, what its own initializers stored is not reported.
        MayBeBase = _choices.Of(2) == 0;
        if (MayBeBase)
            _source.Open("try");
        _statements.Several(scope with { MayUseStack = !MayBeBase }, 4);
        if (MayBeBase)
        {
            _source.Close();
            _source.Line("catch (Exception exception) { output.WriteLine(exception.GetType().Name); }");
        }

        _source.Close();
    }

    private void WriteMethod()
    {
        int form = _choices.Of(9);
        string name = _expressions.NewName(form is 6 ? "A" : form is 7 ? "I" : "M");
        if (form == 3 && _parent is { } parent && parent._methods.Count > 0)
            name = _choices.Of(parent._methods);
        switch (form)
        {
            case 5:
                _source.Open($"private static int {name}(int a, string s, TextWriter output)");
                Body(Scope(("a", Kind.Int), ("s", Kind.Text)) with
                    { Variables = [.. _statics, new Variable("a", Kind.Int), new Variable("s", Kind.Text)], Methods = [], AsyncMethods = [],
                        Iterators = [], HasThis = false });
                _staticMethods.Add(name);
                break;
            case 6:
                _source.Open($"public async Task<int> {name}(int a)");
                Body(Scope(("a", Kind.Int)) with { MayAwait = true, InStateMachine = true, MayUseStack = false });
                _asyncMethods.Add(name);
                break;
            case 7:
                _source.Open($"public IEnumerable<int> {name}(int a)");
                _statements.Several(Scope(("a", Kind.Int)) with
                    { MayYield = true, InStateMachine = true, MayUseStack = false, Return = "yield break;" }, 8);
                _source.Line("yield return a;");
                _iterators.Add(name);
                break;
            case 8:
                _source.Open($"protected static int {name}(ref int place, int a, string s, TextWriter output)");
                _referenceMethods.Add(name);
                Body(Scope() with
                {
                    Variables =
                        [new Variable("place", Kind.Int, Place.Reference), new Variable("a", Kind.Int), new Variable("s", Kind.Text)],
                    Methods = [], AsyncMethods = [], Iterators = [], HasThis = false,
                });
                break;
            default:
                bool overrides = _parent?._methods.Contains(name) == true;
                _source.Open($"public {(overrides ? "override" : "virtual")} int {name}(int a, string s)");
                Body(Scope(("a", Kind.Int), ("s", Kind.Text)));
                if (!_methods.Contains(name))
                    _methods.Add(name);
                break;
        }

        _source.Close();
    }

    private void Body(Scope scope)
    {
        _source.Line("if (!Fuel.Burn())");
        _source.Line("    return 1;");
        _statements.Several(scope, 10);
        _source.Line($"return {_expressions.Of(scope, Kind.Int)};");
    }

    private Scope Scope(params (string Name, Kind Kind)[] parameters) => new()
    {
        Variables = [.. AllFields, .. _statics, .. parameters.Select(parameter => new Variable(parameter.Name, parameter.Kind))],
        Methods = AllMethods.ToList(),
        AsyncMethods = _asyncMethods.ToList(),
        Iterators = _iterators.ToList(),
        ReferenceMethods = AllReferenceMethods.ToList(),
        HasThis = true,
    };

    private void WriteDescriptions()
    {
        _source.Open("public override void Describe(TextWriter output)");
        _source.Line("base.Describe(output);");
        foreach (Variable field in _fields)
            _source.Line($"Write(output, \"{Name}.{field.Name}\", {field.Name});");
        _source.Close();
        _source.Open("public static void DescribeStatics(TextWriter output)");
        foreach (string method in _staticMethods)
            _source.Line(
                $"try {{ output.WriteLine({method}(3, \"dog\", output)); }} catch (Exception e) {{ output.WriteLine(e.GetType().Name); }}");
        foreach (Variable field in _statics)
            _source.Line($"output.WriteLine(\"STATE 0 @.{Name}.{field.Name}=\" + Text({field.Name}));");
        _source.Line(";");
        _source.Close();
    }
}
