using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Drivers.Cecil;

/// <summary>Changes an assembly in many ways, writes it with each kind of symbols, and prints hashes of the bytes.</summary>
internal sealed class Rewriting
{
    private readonly string _framework;

    public Rewriting(string framework) => _framework = framework;

    public void Run(string path, TextWriter output)
    {
        foreach (ISymbolWriterProvider provider in new ISymbolWriterProvider[] { new PortablePdbWriterProvider(), new EmbeddedPortablePdbWriterProvider() })
        {
            using var resolver = new DefaultAssemblyResolver();
            resolver.AddSearchDirectory(_framework);
            using var assembly = AssemblyDefinition.ReadAssembly(
                path, new ReaderParameters { ReadSymbols = true, AssemblyResolver = resolver });
            ModuleDefinition module = assembly.MainModule;
            int changed = 0;
            foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList())
                changed += Instrument(module, method);
            Add(module);
            assembly.Name.Version = new Version(9, 8, 7, 6);
            byte[] image = Write(assembly, provider, out byte[] symbols);
            output.WriteLine($"{provider.GetType().Name}: {changed} changed, {image.Length} {Hash(image)} {symbols.Length} {Hash(symbols)}");
            Reread(image, output);
        }
    }

    private static byte[] Write(AssemblyDefinition assembly, ISymbolWriterProvider provider, out byte[] symbols)
    {
        var parameters = new WriterParameters { DeterministicMvid = true, Timestamp = 12345, SymbolWriterProvider = provider };
        symbols = [];
        if (provider is EmbeddedPortablePdbWriterProvider)
        {
            // This form is only written to files, whose folder stands nowhere in the bytes.
            string folder = Directory.CreateTempSubdirectory("driver-").FullName;
            string target = Path.Combine(folder, "Rewritten.dll");
            assembly.Write(target, parameters);
            byte[] written = File.ReadAllBytes(target);
            Directory.Delete(folder, recursive: true);
            return written;
        }

        using var image = new MemoryStream();
        using var symbolStream = new MemoryStream();
        parameters.SymbolStream = symbolStream;
        assembly.Write(image, parameters);
        symbols = symbolStream.ToArray();
        return image.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..24];

    private static int Instrument(ModuleDefinition module, MethodDefinition method)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        ILProcessor processor = body.GetILProcessor();
        MethodReference write = module.ImportReference(typeof(Console).GetMethod(nameof(Console.WriteLine), [typeof(string)]));
        Instruction first = body.Instructions[0];
        processor.InsertBefore(first, processor.Create(OpCodes.Ldstr, method.FullName));
        processor.InsertBefore(first, processor.Create(OpCodes.Call, write));
        var counter = new VariableDefinition(module.TypeSystem.Int32);
        body.Variables.Add(counter);
        body.InitLocals = true;
        foreach (Instruction target in body.Instructions.Where(instruction => instruction.OpCode.FlowControl == FlowControl.Return).ToList())
        {
            processor.InsertBefore(target, processor.Create(OpCodes.Ldloc, counter));
            processor.InsertBefore(target, processor.Create(OpCodes.Ldc_I4, body.Instructions.Count));
            processor.InsertBefore(target, processor.Create(OpCodes.Add));
            processor.InsertBefore(target, processor.Create(OpCodes.Stloc, counter));
        }

        body.OptimizeMacros();
        return body.Instructions.Count;
    }

    private static void Add(ModuleDefinition module)
    {
        var type = new TypeDefinition("Added", "Type`1", TypeAttributes.Public | TypeAttributes.Class | TypeAttributes.BeforeFieldInit, module.TypeSystem.Object);
        var parameter = new GenericParameter("T", type) { HasReferenceTypeConstraint = true };
        type.GenericParameters.Add(parameter);
        var field = new FieldDefinition("_items", FieldAttributes.Private, module.ImportReference(typeof(List<>)).MakeGenericInstanceType(parameter));
        type.Fields.Add(field);
        type.Fields.Add(new FieldDefinition("Answer", FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.Literal, module.TypeSystem.Int32) { Constant = 42 });
        var method = new MethodDefinition("Choose", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.String);
        method.Parameters.Add(new ParameterDefinition("number", ParameterAttributes.None, module.TypeSystem.Int32));
        ILProcessor processor = method.Body.GetILProcessor();
        Instruction[] arms = Enumerable.Range(0, 40).Select(number => processor.Create(OpCodes.Ldstr, "arm " + number)).ToArray();
        processor.Emit(OpCodes.Ldarg_0);
        processor.Emit(OpCodes.Switch, arms);
        processor.Emit(OpCodes.Ldnull);
        processor.Emit(OpCodes.Ret);
        foreach (Instruction arm in arms)
        {
            processor.Append(arm);
            processor.Emit(OpCodes.Ret);
        }

        type.Methods.Add(method);
        var property = new PropertyDefinition("Chosen", PropertyAttributes.None, module.TypeSystem.String);
        type.Properties.Add(property);
        MethodReference obsolete = module.ImportReference(typeof(ObsoleteAttribute).GetConstructor([typeof(string), typeof(bool)]));
        type.CustomAttributes.Add(new CustomAttribute(obsolete)
        {
            ConstructorArguments = { new CustomAttributeArgument(module.TypeSystem.String, "old"), new CustomAttributeArgument(module.TypeSystem.Boolean, false) },
        });
        module.Types.Add(type);
        module.Resources.Add(new EmbeddedResource("added.bin", ManifestResourceAttributes.Public, Enumerable.Range(0, 300).Select(number => (byte)number).ToArray()));
    }

    private static void Reread(byte[] image, TextWriter output)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters(ReadingMode.Deferred));
        TypeDefinition added = module.GetType("Added.Type`1");
        output.WriteLine($"{module.Assembly.Name.Version} {added.Methods[0].Body.CodeSize} {added.Fields[0].FieldType} {added.Fields[1].Constant} {module.Resources[^1].Name} {module.Mvid}");
        output.WriteLine(string.Join(" ", module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Take(30).Select(method => method.Body.CodeSize)));
    }
}
