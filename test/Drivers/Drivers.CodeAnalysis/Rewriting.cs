using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Drivers.CodeAnalysis;

/// <summary>Syntax made by hand, rewritten, normalised, edited incrementally, and compared.</summary>
internal static class Rewriting
{
    public static void Run(TextWriter output)
    {
        CompilationUnitSyntax unit = CompilationUnit()
            .AddUsings(UsingDirective(ParseName("System")))
            .AddMembers(ClassDeclaration("Made").AddModifiers(Token(SyntaxKind.PublicKeyword)).AddMembers(
                Enumerable.Range(0, 20).Select(i => (MemberDeclarationSyntax)MethodDeclaration(PredefinedType(Token(SyntaxKind.IntKeyword)), "M" + i)
                    .AddParameterListParameters(Parameter(Identifier("x")).WithType(ParseTypeName("int[]")))
                    .WithBody(Block(ParseStatement($"for (int i = 0; i < {i}; i++) x[i] += i;"), ReturnStatement(ParseExpression("x.Length * " + i))))).ToArray()));
        output.WriteLine(unit.NormalizeWhitespace().ToFullString());
        SyntaxNode renamed = new Renamer().Visit(unit);
        output.WriteLine(renamed.NormalizeWhitespace(indentation: "  ", eol: "\n").ToFullString());
        output.WriteLine($"{unit.IsEquivalentTo(renamed)} {SyntaxFacts.IsKeywordKind(SyntaxKind.ClassKeyword)} {renamed.DescendantNodesAndTokens().Count()}");
        foreach (string source in Sources.All)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(source);
            SourceText text = tree.GetText();
            for (int position = 0; position < text.Length; position += text.Length / 12)
            {
                SyntaxTree changed = tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(position, 1), " /* here */ ")));
                output.WriteLine($"{position} {changed.GetDiagnostics().Count()} {string.Join(" ", changed.GetChanges(tree).Select(change => change.Span))} {changed.GetRoot().FindToken(position).Kind()}");
            }
        }
    }

    private sealed class Renamer : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) =>
            base.VisitMethodDeclaration(node.WithIdentifier(Identifier("Renamed" + node.Identifier.Text)));

        public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) =>
            node.IsKind(SyntaxKind.NumericLiteralExpression) ? LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(7)) : node;
    }
}
