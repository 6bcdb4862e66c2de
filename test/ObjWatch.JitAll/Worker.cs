using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace ObjWatch.JitAll;

/// <summary>Compiles the methods one after the other, and says on its output which one it is at.</summary>
/// <remarks>Each line is a mark, a blank and a text. It is flushed at once: the next method may be the process's last.</remarks>
internal sealed class Worker
{
    /// <summary>Mark: the next method begins.</summary>
    public const char Method = '@';

    /// <summary>Mark: one instantiation of it has been compiled.</summary>
    public const char Compiled = '+';

    /// <summary>Mark: something could not be loaded or compiled.</summary>
    public const char Failed = '!';

    /// <summary>Mark: no type arguments were found that the method's constraints allow.</summary>
    public const char WithoutInstantiation = '?';

    /// <summary>Mark: all done.</summary>
    public const char Finished = '.';

    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private readonly string _path;
    private readonly IReadOnlyList<string> _directories;
    private readonly TextWriter _output;

    public Worker(string path, IReadOnlyList<string> directories, TextWriter output)
    {
        _path = path;
        _directories = directories;
        _output = output;
    }

    /// <summary>Compiles every method from the <paramref name="first"/> one on.</summary>
    public void Run(int first)
    {
        var context = new IsolatedContext(_path, _directories);
        Assembly assembly = context.LoadFromStream(new MemoryStream(ModuleImage.WithoutInitializer(_path)));
        Type[] types = Types(assembly, report: first == 0);
        var finder = new InstantiationFinder(types);
        int ordinal = 0;
        foreach (Type type in types)
        {
            IReadOnlyList<Type[]>? typeArguments = null;
            foreach (MethodBase method in Bodies(type))
            {
                if (ordinal++ < first)
                    continue;
                string name = MethodName.Of(method);
                Say(Method, name);
                try
                {
                    typeArguments ??= finder.Find(type);
                    Compile(method, name, typeArguments, finder);
                }
                catch (Exception exception)
                {
                    Say(Failed, Describe(name, [], exception));
                }
            }
        }

        Say(Finished, "");
    }

    private Type[] Types(Assembly assembly, bool report)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            foreach (Exception? loader in report ? exception.LoaderExceptions : [])
                Say(Failed, "a type could not be loaded: " + OneLine(loader?.Message ?? "(no message)"));
            return exception.Types.OfType<Type>().ToArray();
        }
    }

    private static IEnumerable<MethodBase> Bodies(Type type)
    {
        IEnumerable<MethodBase> methods = type.GetConstructors(All);
        return methods.Concat(type.GetMethods(All)).Where(method =>
            !method.IsAbstract
            && (method.Attributes & MethodAttributes.PinvokeImpl) == 0
            && (method.MethodImplementationFlags & (MethodImplAttributes.InternalCall | MethodImplAttributes.CodeTypeMask)) == 0);
    }

    private void Compile(MethodBase method, string name, IReadOnlyList<Type[]> typeArguments, InstantiationFinder finder)
    {
        bool any = false;
        foreach (Type[] ofType in typeArguments)
        {
            MethodBase bound = ofType.Length == 0
                ? method
                : MethodBase.GetMethodFromHandle(method.MethodHandle, method.DeclaringType!.MakeGenericType(ofType).TypeHandle)!;
            if (!method.IsGenericMethodDefinition)
            {
                any = true;
                Compile(bound, name, ofType);
                continue;
            }

            foreach (Type[] ofMethod in finder.Find((MethodInfo)bound))
            {
                any = true;
                Compile(((MethodInfo)bound).MakeGenericMethod(ofMethod), name, [.. ofType, .. ofMethod]);
            }
        }

        if (!any)
            Say(WithoutInstantiation, name);
    }

    private void Compile(MethodBase bound, string name, Type[] arguments)
    {
        try
        {
            long before = JitInfo.GetCompiledMethodCount(currentThread: true);
            // PrepareMethod alone does nothing for a virtual method that has no entry point yet.
            _ = bound.MethodHandle.GetFunctionPointer();
            if (arguments.Length == 0)
                RuntimeHelpers.PrepareMethod(bound.MethodHandle);
            else
                RuntimeHelpers.PrepareMethod(bound.MethodHandle, Array.ConvertAll(arguments, argument => argument.TypeHandle));
            if (JitInfo.GetCompiledMethodCount(currentThread: true) > before)
                Say(Compiled, "");
            else
                Say(Failed, $"{name}{Of(arguments)}: the runtime did not compile it");
        }
        catch (Exception exception)
        {
            Say(Failed, Describe(name, arguments, exception));
        }
    }

    private static string Describe(string name, Type[] arguments, Exception exception)
    {
        while (exception is TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner)
            exception = inner;
        return $"{name}{Of(arguments)}: {exception.GetType().Name}: {OneLine(exception.Message)}";
    }

    private static string Of(Type[] arguments) =>
        arguments.Length == 0 ? "" : " of " + string.Join(", ", arguments.Select(MethodName.Of));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Say(char mark, string text)
    {
        _output.WriteLine($"{mark} {text}");
        _output.Flush();
    }
}
