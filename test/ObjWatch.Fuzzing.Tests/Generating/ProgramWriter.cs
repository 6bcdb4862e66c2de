using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using static System.FormattableString;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Makes C# programs from lists of numbers: any list makes one that compiles, ends, and prints the same each time.</summary>
internal sealed class ProgramWriter
{
    private readonly int _number;
    private readonly Choices _choices;
    private readonly SourceWriter _source = new();
    private readonly Expressions _expressions;

    private ProgramWriter(int number, IReadOnlyList<int> numbers)
    {
        _number = number;
        _choices = new Choices(numbers);
        _expressions = new Expressions(_choices);
    }

    /// <summary>Writes several programs as one, which runs them one after the other: most of what a program costs is what it costs to
    /// compile and to weave any.</summary>
    public static string Write(IReadOnlyList<IReadOnlyList<int>> programs)
    {
        var all = new SourceWriter();
        all.Open("public static class Program");
        all.Open("public static async Task Run(TextWriter output)");
        for (int i = 0; i < programs.Count; i++)
            all.Line(Invariant($"await Program{i}.Run(output);"));
        all.Line("output.WriteLine(\"END \" + Tracked.All.Count);");
        all.Close();
        all.Close();
        return Prelude.Source + string.Concat(programs.Select((numbers, i) => new ProgramWriter(i, numbers).Write())) + all;
    }

    private string Write()
    {
        var classes = new List<ClassWriter>();
        int count = _choices.Of(3) + 1;
        for (int i = 0; i < count; i++)
        {
            ClassWriter? parent = i > 0 && classes[i - 1].MayBeBase && _choices.Once(2) ? classes[i - 1] : null;
            var writer = new ClassWriter(Invariant($"Node{_number}_{i}"), parent, _choices, _source, _expressions);
            writer.Write();
            classes.Add(writer);
        }

        WriteProgram(classes);
        return _source.ToString();
    }

    private void WriteProgram(List<ClassWriter> classes)
    {
        _source.Open(Invariant($"static class Program{_number}"));
        _source.Open("public static async Task Run(TextWriter output)");
        _source.Line("int first = Tracked.All.Count;");
        for (int i = 0; i < classes.Count * 2; i++)
        {
            ClassWriter type = classes[i % classes.Count];
            string name = "node" + i.ToString(CultureInfo.InvariantCulture);
            _source.Open("try");
            _source.Line("Fuel.Fill();");
            _source.Line($"var {name} = new {type.Name}({_choices.Of(9)}, \"start\", output);");
            for (int call = 0; call < 3; call++)
            {
                _source.Open("try");
                _source.Line("Fuel.Fill();");
                foreach (string method in type.Calls)
                    _source.Line($"output.WriteLine({string.Format(null, method, name, _choices.Of(9))});");
                _source.Close();
                Catch();
            }

            _source.Close();
            Catch();
        }

        // Statics first: where nothing has touched them yet, their initialisers make objects now.
        foreach (ClassWriter type in classes)
        {
            _source.Line($"try {{ {type.Name}.DescribeStatics(output); }}");
            Catch();
        }

        _source.Line("for (int i = first; i < Tracked.All.Count; i++)");
        _source.Line("    Tracked.All[i].Describe(output);");
        _source.Close();
        _source.Close();
    }

    private void Catch()
    {
        _source.Open("catch (Exception exception)");
        _source.Line("output.WriteLine(exception.GetType().Name + \": \" + exception.Message);");
        _source.Close();
    }
}
