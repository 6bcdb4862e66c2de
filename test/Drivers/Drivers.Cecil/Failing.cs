using System;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Drivers.Cecil;

/// <summary>Input that is wrong, and what is said about it.</summary>
internal static class Failing
{
    public static void Run(string own, TextWriter output)
    {
        byte[] image = File.ReadAllBytes(own);
        foreach (int length in new[] { 0, 1, 64, 128, 300, 600, 1000, image.Length / 2 })
            output.WriteLine($"{length} bytes: {Attempt(() => Read(image[..length]))}");
        output.WriteLine(Attempt(() => Read("this is no assembly at all, but long enough to look at its beginning and to see that; it goes on and on for a while"u8.ToArray())));
        output.WriteLine(Attempt(() =>
        {
            using ModuleDefinition module = Read(image);
            return module.GetTypeReferences().Select(reference => new TypeReference("No", "Where", module, new AssemblyNameReference("Nowhere", new Version(1, 0)))).First().Resolve();
        }));
        output.WriteLine(Attempt(() => new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new EmbeddedPortablePdbReaderProvider() } is { } parameters
            ? ModuleDefinition.ReadModule(new MemoryStream(image), parameters)
            : null));
        output.WriteLine(Attempt(() => Instruction.Create(OpCodes.Ldstr, 5)));
        output.WriteLine(Attempt(() => Instruction.Create(OpCodes.Nop, "text")));
        output.WriteLine(Attempt(() => new TypeReference("A", "B", null, null).Resolve()));
    }

    private static ModuleDefinition Read(byte[] image) => ModuleDefinition.ReadModule(new MemoryStream(image));

    private static string Attempt(Func<object?> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message.Split('\n')[0]}";
        }
    }
}
