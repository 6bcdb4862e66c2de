using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using ObjWatch.Tool.Packing;
using ObjWatch.Trace.Options;

namespace ObjWatch.Tool;

/// <summary>The grammar of the command line.</summary>
internal sealed class CommandLine
{
    private readonly Argument<string[]> _assemblies = new("assemblies")
    {
        Description = "The assemblies to weave (.dll)",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Put the woven assemblies into this folder instead of weaving in place; what else the program needs is not copied",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _targets = ListFor(OptionCatalog.WovenTargets, "TARGET");

    private readonly Option<string[]> _exclude = ListFor(OptionCatalog.WovenExclude, "TARGET");

    private readonly Option<bool> _locals = TruthFor(OptionCatalog.WovenLocals);

    private readonly Option<bool> _statics = TruthFor(OptionCatalog.WovenStatics);

    private readonly Option<bool> _accessors = TruthFor(OptionCatalog.Accessors);

    private readonly Option<bool> _leaveBuildComponents = new("--leave-build-components")
    {
        Description = "Leave libraries as they are that compilers and builds load: source generators, analyzers, tasks",
    };

    private readonly Option<string[]> _references = new("--reference")
    {
        Description = "An assembly, or a folder of assemblies, that the program refers to; goes before what is found (repeatable)",
        HelpName = "PATH",
    };

    private readonly Option<string?> _key = new("--key") { Description = "The strong-name key to sign with again", HelpName = "FILE.snk" };

    private readonly Option<bool> _explain = TruthFor(OptionCatalog.Explain);

    private readonly Dictionary<DeclaredOption, Option<string?>> _runOptions =
        OptionCatalog.OfRun.Where(option => option.IsOfBuild).ToDictionary(option => option, SwitchFor);

    private readonly Option<string?> _runtime = new("--runtime")
    {
        Description = "The ObjWatch.Runtime.dll to link against (default: the one that comes with this tool)",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noDeploy = new("--no-deploy")
        { Description = "Do not put ObjWatch.Runtime.dll and what it needs beside the program, nor into its deps.json" };

    private readonly RootCommand _command;

    /// <summary>Makes the grammar.</summary>
    /// <param name="run">What a correct command line does; returns the exit code.</param>
    /// <param name="pack">What the build does before it packs a project.</param>
    public CommandLine(Func<ToolOptions, int> run, PackCommand pack)
    {
        _assemblies.Validators.Add(RefuseOptions);
        _command = new RootCommand("Weaves ObjWatch's probes into .NET assemblies, so that they trace which call changes which object.")
        {
            _assemblies, _output, _targets, _exclude, _locals, _statics, _accessors, _leaveBuildComponents, _references, _key, _explain,
                _runtime, _noDeploy,
        };
        foreach (Option<string?> option in _runOptions.Values)
            _command.Add(option);
        _command.SetAction(parsed => run(Options(parsed)));
        _command.Add(Pack(pack));
    }

    /// <summary>Parses a command line; <c>@FILE</c> stands for the lines of a file.</summary>
    public ParseResult Parse(string[] arguments)
    {
        var configuration = new ParserConfiguration { ResponseFileTokenReplacer = ReadResponseFile };
        // What is no truth value would otherwise be taken for an assembly.
        string[] wrong = [.. arguments.Where(HasNoTruthValue), .. WordsInPlaceOfTruth(_command.Parse(arguments, configuration).Tokens)];
        foreach (string argument in wrong)
            _command.Validators.Add(result => result.AddError($"'{argument}': the value must be true or false."));
        return _command.Parse(arguments, configuration);
    }

    // For the package's targets only.
    private static Command Pack(PackCommand pack)
    {
        Option<string> assets = new("--assets") { Required = true };
        Option<string> output = new("--output") { Required = true };
        Argument<string[]> assemblies = new("assemblies");
        var command = new Command("pack-dependencies") { assets, output, assemblies };
        command.Hidden = true;
        command.SetAction(parsed => pack.Run(parsed.GetValue(assets)!, parsed.GetValue(output)!, parsed.GetValue(assemblies) ?? []));
        return command;
    }

    private bool HasNoTruthValue(string argument)
    {
        int sign = argument.IndexOfAny(['=', ':']);
        return sign > 0 && IsOfTruth(argument[..sign]) && !bool.TryParse(argument[(sign + 1)..], out _);
    }

    private bool IsOfTruth(string name) =>
        new[] { _locals, _statics, _accessors, _leaveBuildComponents, _explain, _noDeploy }.Any(option => option.Name == name);

    /// <summary>Such options with a word behind them that other programs take for true or false.</summary>
    private IEnumerable<string> WordsInPlaceOfTruth(IReadOnlyList<Token> tokens) => tokens.Zip(tokens.Skip(1))
        .Where(pair => IsOfTruth(pair.First.Value) && pair.Second.Value.ToUpperInvariant() is "YES" or "NO" or "ON" or "OFF" or "1" or "0")
        .Select(pair => $"{pair.First.Value} {pair.Second.Value}");

    private static Option<string[]> ListFor(DeclaredOption option, string entry) => new(option.Switch, option.ShortSwitch)
    {
        Description = Sentence(option.Description) + $" (repeatable; default: {option.ShownDefault})", HelpName = entry,
    };

    private static Option<bool> TruthFor(DeclaredOption option) => new(option.Switch)
    {
        Description = Sentence(option.Description) + (option.Default == "true" ? $"; {option.Switch} false leaves them out" : ""),
        DefaultValueFactory = _ => option.Default == "true",
    };

    private static Option<string?> SwitchFor(DeclaredOption option)
    {
        string shown = option.Default.Length > 0 ? option.Default : option.ShownDefault;
        return new Option<string?>(option.Switch)
        {
            Description = $"A default for the run: {Plain(option.Description)}" + (shown.Length == 0 ? "" : $" (default: {Plain(shown)})"),
            HelpName = option.Kind switch
            {
                OptionKind.Truth => "true|false",
                OptionKind.Number => "N",
                OptionKind.Choice => string.Join("|", option.Choices),
                OptionKind.Text => "TEXT",
            },
        };
    }

    private static string Sentence(string description) => char.ToUpperInvariant(description[0]) + Plain(description)[1..];

    // Documents set names apart, a terminal does not.
    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);

    // What looks like an option and is none would otherwise be taken for an assembly.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            result.AddError($"Unrecognized option '{token.Value}'.");
    }

    private static bool ReadResponseFile(string path, out IReadOnlyList<string>? arguments, out string? error)
    {
        try
        {
            arguments = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            error = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            arguments = null;
            error = $"The response file '{path}' cannot be read: {exception.Message}";
            return false;
        }
    }

    private ToolOptions Options(ParseResult parsed) => new()
    {
        Assemblies = parsed.GetValue(_assemblies) ?? [],
        OutputDirectory = parsed.GetValue(_output),
        Targets = string.Join(";", parsed.GetValue(_targets) ?? []),
        Exclude = string.Join(";", parsed.GetValue(_exclude) ?? []),
        Locals = parsed.GetValue(_locals),
        Statics = parsed.GetValue(_statics),
        Accessors = parsed.GetValue(_accessors),
        LeaveBuildComponents = parsed.GetValue(_leaveBuildComponents),
        References = parsed.GetValue(_references) ?? [],
        KeyPath = parsed.GetValue(_key),
        Explain = parsed.GetValue(_explain),
        RunOptions = _runOptions.Where(option => !string.IsNullOrWhiteSpace(parsed.GetValue(option.Value)))
            .ToDictionary(option => option.Key.Name, option => parsed.GetValue(option.Value)!),
        RuntimePath = parsed.GetValue(_runtime),
        Deploy = !parsed.GetValue(_noDeploy),
    };
}
