using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>What stands in the source behind the names that compilers other than C#'s make up.</summary>
public sealed class SourceMembersTests
{
    private ModuleDefinition _module = null!;

    [SetUp]
    public void MakeModule() => _module = ModuleDefinition.CreateModule("Names", ModuleKind.Dll);

    [TearDown]
    public void Dispose() => _module.Dispose();

    [TestCase("_Total", true, "Total", TestName = "Visual Basic's backing field")]
    [TestCase("Total@", false, "Total", TestName = "F#'s backing field")]
    [TestCase("<Total>k__BackingField", true, "Total", TestName = "C#'s backing field")]
    [TestCase("_Total", false, "_Total", TestName = "A field that only looks like one")]
    [TestCase("_Other", true, "_Other", TestName = "A field without a property of its name")]
    public void A_backing_field_stands_for_its_property(string fieldName, bool compilers, string expected)
    {
        TypeDefinition type = Type("Account");
        type.Properties.Add(new PropertyDefinition("Total", PropertyAttributes.None, _module.TypeSystem.Int32));
        FieldDefinition field = Field(type, fieldName);
        if (compilers)
            field.CustomAttributes.Add(CompilerGenerated());

        Assert.That(SourceMembers.SourceMember(field).Name, Is.EqualTo(expected));
    }

    [TestCase("VB$StateMachine_5_Work", true)]
    [TestCase("VB$AnonymousType_0`2", true)]
    [TestCase("_Closure$__3-0", true)]
    [TestCase("<Work>d__5", true)]
    [TestCase("<Program>F0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF__Account", false, TestName = "A file-local type")]
    [TestCase("Account", false)]
    public void The_compilers_own_types_are_told_from_the_programmers(string name, bool generated) =>
        Assert.That(SourceMembers.IsGenerated(Type(name)), Is.EqualTo(generated));

    [TestCase("$VB$Local_count", "count")]
    [TestCase("count", "count")]
    [TestCase("$VB$Me", null)]
    [TestCase("<>4__this", null)]
    public void A_closures_field_bears_the_variables_name(string field, string? variable) =>
        Assert.That(SourceMembers.CapturedVariable(Field(Type("_Closure$__1-0"), field)), Is.EqualTo(variable));

    private TypeDefinition Type(string name)
    {
        var type = new TypeDefinition("", name, TypeAttributes.Class, _module.TypeSystem.Object);
        _module.Types.Add(type);
        return type;
    }

    private FieldDefinition Field(TypeDefinition type, string name)
    {
        var field = new FieldDefinition(name, FieldAttributes.Private, _module.TypeSystem.Int32);
        type.Fields.Add(field);
        return field;
    }

    private CustomAttribute CompilerGenerated()
    {
        var attribute =
            new TypeReference("System.Runtime.CompilerServices", "CompilerGeneratedAttribute", _module, _module.TypeSystem.CoreLibrary);
        return new CustomAttribute(new MethodReference(".ctor", _module.TypeSystem.Void, attribute) { HasThis = true });
    }
}
