using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>
/// Builds of one generated project with different weavers in turn: what each takes for the whole build and for its own step,
/// and what it makes.
/// </summary>
internal sealed class WeaverTable
{
    private const int Classes = 2000;
    private const int RoundCount = 3;
    private const double OfCompiler = 1.0 / 3;

    private readonly TextWriter _output;
    private readonly List<WovenProject> _projects = [];
    private readonly List<List<BuildCost>> _costs = [];
    private readonly List<(int All, int Rewritten)> _rewritten = [];
    private bool _complete = true;

    private WeaverTable(TextWriter output) => _output = output;

    /// <summary>Measures and prints a table, and below it the targets.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="numbers">How many rounds and how many classes, for others than the usual ones.</param>
    /// <returns>The exit code: 1 when a target is missed or a weaver does not work.</returns>
    public static int Print(TextWriter output, IReadOnlyList<int> numbers)
    {
        using var directory = new TemporaryDirectory();
        var table = new WeaverTable(output);
        table.Prepare(directory, numbers.Count > 1 ? numbers[1] : Classes);
        int rounds = numbers.Count > 0 ? numbers[0] : RoundCount;
        BuildCost[] medians = table.Measure(rounds);
        table.PrintRows(medians);
        return table.PrintTargets(medians) && table._complete ? 0 : 1;
    }

    // A weaver that cannot be had, fails, or does nothing is named and not measured.
    private void Prepare(TemporaryDirectory directory, int classes)
    {
        string expected = "";
        int tried = 0;
        foreach (Func<BuildWeaver> make in BuildWeavers.All(directory.Path))
        {
            string name = "";
            try
            {
                BuildWeaver weaver = make();
                name = weaver.Name;
                string folder = directory[FormattableString.Invariant($"Project{tried++}")];
                var project = new WovenProject(weaver, folder, directory.Path, classes);
                BuildCost cost = project.Build();
                string printed = project.Run();
                if (_projects.Count == 0)
                    expected = printed;
                else if (printed != expected)
                    throw new InvalidOperationException($"It prints {printed} instead of {expected}.");
                string plain = _projects.Count == 0 ? project.Assembly : _projects[0].Assembly;
                (int All, int Rewritten) rewritten = RewrittenMethods.Count(plain, project.Assembly);
                if (_projects.Count > 0 && rewritten.Rewritten == 0)
                    throw new InvalidOperationException("It rewrites nothing.");
                _projects.Add(project);
                _costs.Add([cost]);
                _rewritten.Add(rewritten);
            }
            catch (InvalidOperationException exception) when (_projects.Count > 0)
            {
                _complete = false;
                _output.WriteLine($"left out: {name}: {exception.Message}");
            }
        }
    }

    // In turn, so that whatever else the machine does hits all of them. The first round was the one that showed that they work:
    // each build is a process of its own, which the one before has not warmed up.
    private BuildCost[] Measure(int rounds)
    {
        for (int round = 1; round < rounds; round++)
        {
            for (int i = 0; i < _projects.Count; i++)
                _costs[i].Add(_projects[i].Build());
        }

        return [.. _costs.Select(Median)];
    }

    private void PrintRows(BuildCost[] costs)
    {
        _output.WriteLine(
            "| with | build, s of processor | of nothing | on the clock | weaving, s of processor | of the compiler | on the clock "
            + "| methods rewritten | KB | symbols KB |");
        _output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < costs.Length; i++)
        {
            (var whole, var compiler, var weaving) = costs[i];
            string assembly = _projects[i].Assembly;
            string[] cells =
            [
                _projects[i].Weaver.Name,
                FormattableString.Invariant($"{whole.Processor / 1000:0.0}"),
                FormattableString.Invariant($"{whole.Processor / costs[0].Whole.Processor:0.00}"),
                FormattableString.Invariant($"{whole.Clock / 1000:0.0}"),
                FormattableString.Invariant($"{weaving.Processor / 1000:0.0}"),
                FormattableString.Invariant($"{weaving.Processor / compiler.Processor:0.00}"),
                FormattableString.Invariant($"{weaving.Clock / 1000:0.0}"),
                FormattableString.Invariant($"{_rewritten[i].Rewritten:N0} of {_rewritten[i].All:N0}"),
                FormattableString.Invariant($"{new FileInfo(assembly).Length / 1024:N0}"),
                FormattableString.Invariant($"{new FileInfo(Path.ChangeExtension(assembly, ".pdb")).Length / 1024:N0}"),
            ];
            _output.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        (double clock, double processor) = costs[0].Compiler;
        _output.WriteLine(FormattableString.Invariant(
            $"The compiler: {processor / 1000:0.0} s of processor time, {clock / 1000:0.0} on the clock."));
    }

    private bool PrintTargets(BuildCost[] costs)
    {
        BuildCost[] ours = [.. costs.Where((_, i) => IsOurs(i))];
        bool all = true;
        foreach (BuildCost our in ours)
        {
            all &= Print(our, "compiler", our.Compiler, OfCompiler);
            for (int i = 1; i < costs.Length; i++)
            {
                if (!IsOurs(i))
                    all &= Print(our, _projects[i].Weaver.Name, costs[i].Weaving, 1);
            }
        }

        return all;

        bool Print(BuildCost our, string against, (double Clock, double Processor) reference, double target)
        {
            string name = _projects[Array.IndexOf(costs, our)].Weaver.Name;
            var row = new TargetRow(name, our.Weaving.Processor, against, reference.Processor, "ms", target);
            _output.WriteLine(row);
            return row.IsMet;
        }
    }

    private bool IsOurs(int i) => _projects[i].Weaver.Tasks.Contains("ObjWatchWeave");

    private static BuildCost Median(List<BuildCost> costs) =>
        new(Middle(costs, cost => cost.Whole), Middle(costs, cost => cost.Compiler), Middle(costs, cost => cost.Weaving));

    private static (double Clock, double Processor) Middle(List<BuildCost> costs, Func<BuildCost, (double Clock, double Processor)> part) =>
        (Rounds.Median(costs.Select(cost => part(cost).Clock)), Rounds.Median(costs.Select(cost => part(cost).Processor)));
}
