using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Spectre.Console;
using Calendar = Spectre.Console.Calendar;

namespace Drivers.SpectreConsole;

/// <summary>Renders every widget with many settings to a text of some width, with and without escape sequences.</summary>
internal sealed class Showing
{
    private static readonly string[] _words = ["[red]error[/]", "[bold underline]title[/]", "plain text that is long enough to be wrapped more than once in a narrow cell", "[link=https://example.org]link[/]", "日本語のテキスト", "[[escaped]]", "tab\tand\nlines", ""];
    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    public Showing(TextWriter output, int width, bool colors)
    {
        _output = output;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        _console.Profile.Width = width;
        _console.Profile.Height = 40;
        _console.Profile.Capabilities.Unicode = true;
        _console.Profile.Capabilities.Links = false;
    }

    public void Run()
    {
        Texts();
        Tables();
        Trees();
        Charts();
        Layouts();
        Exceptions();
    }

    private void Texts()
    {
        foreach (string word in _words)
        {
            _console.MarkupLine(word);
            _output.WriteLine($"{Markup.Remove(word)} {Markup.Escape(word)} {word.EscapeMarkup().Length}");
            foreach (Justify justify in Enum.GetValues<Justify>())
                _console.Write(new Markup(word + "\n") { Justification = justify });
        }

        foreach (string broken in (string[])["[red]", "[/]", "[nosuchcolor]x[/]", "]", "[red on]x[/]", "[#ff]x[/]"])
        {
            try
            {
                _console.MarkupLine(broken);
            }
            catch (Exception exception)
            {
                _output.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            }
        }

        foreach (string style in (string[])["bold", "italic red on blue", "rgb(1,2,3) on #00ff00", "dim strikethrough invert", "default on default"])
        {
            Style parsed = Style.Parse(style);
            _output.WriteLine($"{parsed.ToMarkup()} {parsed.Foreground} {parsed.Background} {parsed.Decoration} {parsed.Combine(new Style(Color.Aqua)).ToMarkup()}");
            _console.Write(new Text("styled\n", parsed));
        }

        for (int i = 0; i < 256; i += 25)
            _output.Write($"{Color.FromInt32(i)} {Color.FromInt32(i).ToHex()} {Color.FromInt32(i).Blend(Color.Red, 0.3f)} ");
        _console.Write(new FigletText("Fig 12").Centered().Color(Color.Green));
        _console.Write(new Rule("[blue]rule[/]").LeftJustified());
        _console.Write(new Rule().DoubleBorder());
        _console.Write(new TextPath("C:/a/very/long/path/that/must/be/shortened/somewhere/in/the/middle/file.txt").LeafColor(Color.Yellow));
        _console.WriteLine();
    }

    private void Tables()
    {
        TableBorder[] borders = [TableBorder.None, TableBorder.Ascii, TableBorder.Ascii2, TableBorder.Square, TableBorder.Rounded, TableBorder.Minimal, TableBorder.Heavy, TableBorder.Double, TableBorder.Markdown, TableBorder.Simple, TableBorder.Horizontal];
        for (int i = _console.Profile.Width % 3; i < borders.Length; i += 3)
        {
            Table table = new Table { Border = borders[i], Expand = i % 2 == 0, ShowRowSeparators = i % 3 == 0, ShowHeaders = i % 4 != 3, ShowFooters = true }
                .Title("[yellow]table[/] " + i.ToString(CultureInfo.InvariantCulture)).Caption("caption").BorderColor(Color.Grey);
            table.AddColumn(new TableColumn("[u]name[/]").Footer("sum").NoWrap());
            table.AddColumn(new TableColumn("number") { Alignment = Justify.Right, Padding = new Padding(i % 3, 0) });
            table.AddColumn(new TableColumn("text") { Width = i % 2 == 0 ? 12 : null });
            for (int row = 0; row < 4; row++)
                table.AddRow(new Markup(_words[(row + i) % _words.Length].Replace("\n", " ", StringComparison.Ordinal)), new Text((row * 1234.5).ToString("N1", CultureInfo.InvariantCulture)), row == 3 ? Nested() : new Markup(_words[row]));
            table.AddEmptyRow();
            table.InsertRow(1, new Text("inserted"));
            table.UpdateCell(0, 1, "updated");
            table.RemoveRow(2);
            _console.Write(table);
        }
    }

    private static Grid Nested()
    {
        var grid = new Grid();
        grid.AddColumns(2);
        grid.AddRow("a", "[red]b[/]");
        grid.AddRow(new Panel("inner"), new Text("c"));
        return grid;
    }

    private void Trees()
    {
        TreeGuide[] guides = [TreeGuide.Ascii, TreeGuide.Line, TreeGuide.DoubleLine, TreeGuide.BoldLine];
        foreach (TreeGuide guide in guides)
        {
            Tree tree = new Tree("root").Guide(guide).Style("red");
            foreach (string word in _words.Where(word => word.Length > 0))
            {
                TreeNode node = tree.AddNode(word);
                node.AddNode(new Panel("leaf"));
                TreeNode folded = node.AddNode("folded");
                folded.AddNode("hidden");
                folded.Collapse();
                node.AddNodes("x", "y", "z");
            }

            _console.Write(tree);
        }
    }

    private void Charts()
    {
        BarChart bars = new BarChart().Width(30).Label("[green]bars[/]").CenterLabel().ShowValues();
        BreakdownChart parts = new BreakdownChart().Width(30).ShowPercentage().Compact();
        var random = new Random(5);
        for (int i = 0; i < 8; i++)
        {
            bars.AddItem("item " + i.ToString(CultureInfo.InvariantCulture), random.Next(1, 50), Color.FromInt32(i + 1));
            parts.AddItem("part " + i.ToString(CultureInfo.InvariantCulture), random.Next(1, 50), Color.FromInt32(i + 1));
        }

        _console.Write(bars);
        _console.Write(parts);
        var canvas = new Canvas(12, 6);
        for (int i = 0; i < 12; i++)
            canvas.SetPixel(i, i / 2, new Color((byte)(i * 20), 100, 30));
        _console.Write(canvas);
        Calendar calendar = new Calendar(2024, 2).AddCalendarEvent(2024, 2, 29).Culture("").HighlightStyle(Style.Parse("yellow bold"));
        _console.Write(calendar);
    }

    private void Layouts()
    {
        Layout layout = new Layout("all").SplitRows(
            new Layout("top").Size(5),
            new Layout("bottom").SplitColumns(new Layout("left").Ratio(1), new Layout("right").Ratio(2)));
        layout["left"].Update(new Panel(Align.Center(new Markup("[blue]left[/]"), VerticalAlignment.Middle)).Expand());
        layout["right"].Invisible();
        _console.Write(layout);
        _console.Write(new Columns(_words.Select(word => new Panel(new Markup(word)))));
        _console.Write(new Rows(new Text("one"), new Padder(new Text("two"), new Padding(2, 1, 3, 1)), Align.Right(new Text("three"))));
        foreach (BoxBorder border in (BoxBorder[])[BoxBorder.None, BoxBorder.Ascii, BoxBorder.Square, BoxBorder.Rounded, BoxBorder.Heavy, BoxBorder.Double])
            _console.Write(new Panel("[bold]panel[/] with text") { Border = border, Header = new PanelHeader("head", Justify.Center), Padding = new Padding(1, 0, 2, 1) });
    }

    private void Exceptions()
    {
        foreach (ExceptionFormats format in (ExceptionFormats[])[ExceptionFormats.NoStackTrace, ExceptionFormats.NoStackTrace | ExceptionFormats.ShortenTypes])
            _console.WriteException(new InvalidOperationException("outer [text]", new List<Exception> { new FormatException("inner") }[0]), format);
    }
}
