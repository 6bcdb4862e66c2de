using System.Collections.Generic;
using System.Globalization;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Makes a C# program from a list of numbers: any list makes one that compiles, ends, and prints the same each time.</summary>
internal sealed class ProgramWriter
{
    private readonly Choices _choices;
    private readonly SourceWriter _source = new();
    private readonly Expressions _expressions;

    private ProgramWriter(IReadOnlyList<int> numbers)
    {
        _choices = new Choices(numbers);
        _expressions = new Expressions(_choices);
    }

    /// <summary>Writes the program.</summary>
    public static string Write(IReadOnlyList<int> numbers) => new ProgramWriter(numbers).Write();

    private string Write()
    {
        var classes = new List<ClassWriter>();
        int count = _choices.Of(3) + 1;
        for (int i = 0; i < count; i++)
        {
            ClassWriter? parent = i > 0 && classes[i - 1].MayBeBase && _choices.Once(2) ? classes[i - 1] : null;
            var writer = new ClassWriter("Node" + i.ToString(CultureInfo.InvariantCulture), parent, _choices, _source, _expressions);
            writer.Write();
            classes.Add(writer);
        }

        WriteProgram(classes);
        return Prelude.Source + _source;
    }

    private void WriteProgram(List<ClassWriter> classes)
    {
        _source.Open("public static class Program");
        _source.Open("public static async Task Run(TextWriter output)");
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

        _source.Line("for (int i = 0; i < Tracked.All.Count; i++)");
        _source.Line("    Tracked.All[i].Describe(output);");
        _source.Line("output.WriteLine(\"END \" + Tracked.All.Count);");
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
