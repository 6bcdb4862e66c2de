using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Mono.Collections.Generic;

namespace Drivers.Cecil;

/// <summary>Reads an assembly and walks everything in it.</summary>
internal sealed class Reading : IDisposable
{
    private readonly DefaultAssemblyResolver _resolver = new();
    private int _count;
    private uint _hash;

    public Reading(string framework) => _resolver.AddSearchDirectory(framework);

    /// <summary>Walks the assembly and prints a summary of what was found, and a hash of all of it.</summary>
    public void Run(string path, ReadingMode mode, bool symbols, TextWriter output)
    {
        using var module = ModuleDefinition.ReadModule(
            path, new ReaderParameters(mode) { ReadSymbols = symbols, AssemblyResolver = _resolver, InMemory = mode == ReadingMode.Immediate });
        _count = 0;
        _hash = 17;
        Walk(module);
        output.WriteLine($"{module.Name} {mode} {module.Types.Count} types, {_count} things, hash {_hash:x8}");
        Describe(module, output);
    }

    public void Dispose() => _resolver.Dispose();

    private static void Describe(ModuleDefinition module, TextWriter output)
    {
        foreach (TypeDefinition type in module.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).Take(25))
        {
            output.WriteLine($"{type.Attributes} {type.FullName} : {type.BaseType?.FullName} {type.BaseType?.Resolve()?.Module.Assembly.Name.Name}");
            foreach (MethodDefinition method in type.Methods.Take(6))
            {
                string body = method.HasBody ? $"{method.Body.Instructions.Count} instructions, stack {method.Body.MaxStackSize}, {method.Body.Variables.Count} locals" : "no body";
                output.WriteLine($"  {method.FullName} {body} {method.DebugInformation?.SequencePoints.Count} points");
            }
        }

        output.WriteLine(string.Join(", ", module.AssemblyReferences.Select(reference => reference.Name)));
    }

    private void Note(object? value)
    {
        _count++;
        foreach (char character in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            _hash = unchecked((_hash * 31) + character);
    }

    private void Walk(ModuleDefinition module)
    {
        Note(module.Kind);
        Note(module.RuntimeVersion);
        Walk(module.Assembly.CustomAttributes);
        foreach (ModuleReference reference in module.ModuleReferences)
            Note(reference);
        foreach (Resource resource in module.Resources)
            Note(resource.Name + (resource is EmbeddedResource embedded ? embedded.GetResourceData().Length : 0));
        foreach (ExportedType exported in module.ExportedTypes)
            Note(exported.FullName);
        foreach (TypeReference reference in module.GetTypeReferences())
            Note(reference.FullName + (reference.Resolve()?.MetadataToken.ToInt32() > 0));
        foreach (MemberReference reference in module.GetMemberReferences())
            Note(reference.FullName);
        foreach (TypeDefinition type in module.GetTypes())
            Walk(type);
    }

    private void Walk(TypeDefinition type)
    {
        Note(type.FullName);
        Note(type.Attributes);
        Note(type.PackingSize);
        Note(type.ClassSize);
        Walk(type.CustomAttributes);
        Walk(type.GenericParameters);
        foreach (InterfaceImplementation implementation in type.Interfaces)
            Note(implementation.InterfaceType.FullName);
        foreach (FieldDefinition field in type.Fields)
        {
            Note(field.FullName);
            Note(field.Attributes);
            Note(field.HasConstant ? field.Constant : field.Offset);
            Note(field.InitialValue.Length);
            Note(field.MarshalInfo?.NativeType);
            Walk(field.CustomAttributes);
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            Note(property.FullName);
            Note(property.GetMethod?.Name ?? property.SetMethod?.Name);
            Walk(property.CustomAttributes);
        }

        foreach (EventDefinition @event in type.Events)
            Note(@event.FullName + @event.AddMethod.Name);
        foreach (MethodDefinition method in type.Methods)
            Walk(method);
    }

    private void Walk(MethodDefinition method)
    {
        Note(method.FullName);
        Note(method.Attributes);
        Note(method.ImplAttributes);
        Note(method.PInvokeInfo?.EntryPoint);
        Walk(method.GenericParameters);
        Walk(method.CustomAttributes);
        Walk(method.MethodReturnType.CustomAttributes);
        foreach (MethodReference overridden in method.Overrides)
            Note(overridden.FullName + overridden.Resolve()?.FullName);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Note(parameter.Name);
            Note(parameter.ParameterType.FullName);
            Note(parameter.HasConstant ? parameter.Constant : parameter.Attributes);
            Walk(parameter.CustomAttributes);
        }

        Note(DocCommentId.GetDocCommentId(method));
        if (!method.HasBody)
            return;
        foreach (VariableDefinition variable in method.Body.Variables)
            Note(variable.VariableType.FullName + variable.IsPinned);
        foreach (Instruction instruction in method.Body.Instructions)
        {
            Note(instruction);
            Note(method.DebugInformation.GetSequencePoint(instruction)?.StartLine);
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            Note($"{handler.HandlerType} {handler.CatchType} {handler.TryStart} {handler.HandlerEnd} {handler.FilterStart}");
        foreach (ScopeDebugInformation scope in method.DebugInformation.GetScopes())
            Note(scope.Variables.Count + scope.Constants.Count + scope.Start.Offset);
        foreach (CustomDebugInformation information in method.CustomDebugInformations)
            Note(information.Kind);
    }

    private void Walk(Collection<GenericParameter> parameters)
    {
        foreach (GenericParameter parameter in parameters)
        {
            Note(parameter.Name);
            Note(parameter.Attributes);
            foreach (GenericParameterConstraint constraint in parameter.Constraints)
                Note(constraint.ConstraintType.FullName);
        }
    }

    private void Walk(Collection<CustomAttribute> attributes)
    {
        foreach (CustomAttribute attribute in attributes)
        {
            var text = new StringBuilder(attribute.AttributeType.FullName);
            foreach (CustomAttributeArgument argument in attribute.ConstructorArguments)
                Describe(text, argument);
            foreach (CustomAttributeNamedArgument named in attribute.Fields.Concat(attribute.Properties))
                Describe(text.Append(named.Name), named.Argument);
            Note(text);
        }
    }

    private static void Describe(StringBuilder text, CustomAttributeArgument argument)
    {
        text.Append(' ').Append(argument.Type.FullName).Append(' ');
        if (argument.Value is CustomAttributeArgument[] items)
            Array.ForEach(items, item => Describe(text, item));
        else
            text.Append(CultureInfo.InvariantCulture, $"{argument.Value}");
    }
}
