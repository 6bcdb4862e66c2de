using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO;
using System.Linq;
using Humanizer;

namespace Drivers.Humanizer;

/// <summary>Strings, casing, truncation, inflection, enums and collections.</summary>
internal static class Texts
{
    private enum Member
    {
        PlainName,
        ALLCAPS,
        [Description("Custom description with dots.")]
        Described,
        [Display(Name = "display name", Description = "display description")]
        Displayed,
        With_Underscore,
        HTTPStatus404,
    }

    [Flags]
    private enum Options
    {
        [Description("nothing")]
        None = 0,
        FirstOption = 1,
        SecondOption = 2,
        ThirdOption = 4,
    }

    private static readonly string[] _inputs =
    [
        "PascalCaseInputStringIsTurnedIntoSentence", "Underscored_input_string_is_turned_into_sentence", "HTML", "can_return_title_Case", "dash-separated-words-here", "XMLHttpRequest2",
        "some title for an article", "Person_Id", "lower", "", " ", "A", "ABCDef_GHI-jkl MnO", "the quick brown fox", "\u00e4\u00f6\u00fcUmlautWord", "10IsInTheBeginning", "WhoIs@Work?",
    ];

    private static readonly string[] _nouns =
    [
        "man", "person", "search", "switch", "fix", "box", "process", "address", "case", "stack", "wish", "category", "query", "ability", "agency", "movie", "archive", "index", "wife", "half",
        "move", "salesperson", "spokesman", "woman", "child", "news", "ox", "mouse", "louse", "quiz", "datum", "analysis", "matrix", "vertex", "octopus", "virus", "alias", "status", "axis", "crisis",
        "testis", "hive", "tomato", "buffalo", "bus", "sheep", "fish", "goose", "tooth", "foot", "leaf", "life", "thesis", "medium", "cactus", "focus", "die", "criterion", "equipment", "money", "series",
        "rice", "information", "appendix", "bison", "cookie", "database", "zombie", "hero", "photo", "piano", "knife", "shelf", "wolf", "self", "loaf",
    ];

    public static void Run(TextWriter output)
    {
        foreach (string input in _inputs)
        {
            output.WriteLine($"{input}: {input.Humanize()} | {input.Humanize(LetterCasing.Title)} | {input.Humanize(LetterCasing.AllCaps)} | {input.Humanize(LetterCasing.LowerCase)} | {input.Humanize(LetterCasing.Sentence)}");
            output.WriteLine($"  {input.Dehumanize()} | {input.Titleize()} | {input.Pascalize()} | {input.Camelize()} | {input.Underscore()} | {input.Kebaberize()} | {input.Dasherize()} | {input.Hyphenate()}");
            output.WriteLine($"  {input.Transform(To.TitleCase)} | {input.Transform(To.LowerCase, To.SentenceCase)} | {input.Transform(To.UpperCase)}");
            output.WriteLine($"  {input.Truncate(8)} | {input.Truncate(8, "---")} | {input.Truncate(2, Truncator.FixedNumberOfWords)} | {input.Truncate(6, Truncator.FixedNumberOfCharacters)} | {input.Truncate(9, "..", Truncator.FixedLength, TruncateFrom.Left)}");
        }

        foreach (string noun in _nouns)
        {
            string plural = noun.Pluralize();
            output.WriteLine($"{noun} {plural} {plural.Singularize()} {plural.Pluralize(inputIsKnownToBeSingular: false)} {noun.Singularize(inputIsKnownToBePlural: false)} {noun.ToQuantity(1)} {noun.ToQuantity(3)} {noun.ToQuantity(12, ShowQuantityAs.Words)} {noun.ToQuantity(1234.5, "0.0")}");
        }

        foreach (Member member in Enum.GetValues<Member>())
            output.WriteLine($"{member.Humanize()} {member.Humanize(LetterCasing.Title)} {member.Humanize().DehumanizeTo<Member>()}");
        foreach (Options options in new[] { Options.None, Options.FirstOption, Options.FirstOption | Options.ThirdOption, (Options)7 })
            output.WriteLine(options.Humanize());
        Failing(output);
        Collections(output);
        output.WriteLine(string.Join(" ", Enumerable.Range(1, 12).Select(number => new string('x', number).Truncate(5, "\u2026"))));
    }

    private static void Failing(TextWriter output)
    {
        try
        {
            output.WriteLine("no such member".DehumanizeTo<Member>());
        }
        catch (NoMatchFoundException exception)
        {
            output.WriteLine(exception.Message);
        }

        output.WriteLine("no such member".DehumanizeTo<Member>(OnNoMatch.ReturnsNull)?.ToString() ?? "none");
    }

    private static void Collections(TextWriter output)
    {
        for (int count = 0; count < 5; count++)
        {
            List<int> items = Enumerable.Range(1, count).ToList();
            output.WriteLine($"{items.Humanize()} | {items.Humanize("or")} | {items.Humanize(item => "no. " + item)} | {items.Humanize(item => (object)(item * item), "und")}");
        }

        output.WriteLine(new[] { "a", null, " ", "b" }.Humanize());
    }
}
