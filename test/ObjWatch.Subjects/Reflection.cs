// What a program may find out about itself: members, attributes, callers, stack frames, serialised shape, sizes.
using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyDescription("a subject")]

namespace Subjects.Reflection;

[AttributeUsage(AttributeTargets.All)]
internal sealed class MarkAttribute(string text, params Type[] types) : Attribute
{
    public string Text => text + types.Length;

    public DayOfWeek Day { get; set; } = DayOfWeek.Tuesday;
}

[Mark("class", typeof(int), Day = DayOfWeek.Friday)]
internal class Subject
{
    [Mark("field")]
    private int _number = 3;

    protected string Text { get; set; } = "t";

    [Mark("method")]
    public virtual int Method([Mark("parameter")] int argument, [CallerMemberName] string caller = "", [CallerLineNumber] int line = 0)
    {
        _number += argument + line * 0;
        return _number + caller.Length;
    }

    private static string Secret<T>(T value) => "secret " + typeof(T).Name + value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public string Who() => MethodBase.GetCurrentMethod()!.Name + " " + new StackTrace().GetFrame(1)!.GetMethod()!.Name;
}

internal sealed class Sub : Subject
{
    public override int Method(int argument, string caller = "", int line = 0) => base.Method(argument * 2, caller, line) + 1;
}

internal static class Program
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Caller(Subject subject) => subject.Who();

    private static void Main()
    {
        Type type = typeof(Subject);
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        // Methods with names that no source can spell may come and go, as they do with compilers, and so may constructors that no source can call.
        foreach (MemberInfo member in type.GetMembers(all).Where(member => member is not MethodBase method || (method.Name[0] != '<' && !(method.IsConstructor && method.IsDefined(typeof(CompilerGeneratedAttribute))))).OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.ToString(), StringComparer.Ordinal))
            Console.WriteLine($"{member.MemberType} {member} {string.Join("", member.GetCustomAttributes<MarkAttribute>().Select(mark => mark.Text))}");
        MarkAttribute mark = type.GetCustomAttribute<MarkAttribute>()!;
        Console.WriteLine($"{mark.Text} {mark.Day} {typeof(Program).Assembly.GetCustomAttribute<AssemblyDescriptionAttribute>()!.Description}");
        ParameterInfo parameter = type.GetMethod("Method")!.GetParameters()[0];
        Console.WriteLine($"{parameter.Name} {parameter.GetCustomAttribute<MarkAttribute>()!.Text} {type.GetMethod("Method")!.GetParameters()[1].DefaultValue}");
        var subject = new Sub();
        Console.WriteLine(subject.Method(4));
        type.GetField("_number", all)!.SetValue(subject, 100);
        Console.WriteLine(type.GetMethod("Method")!.Invoke(subject, [1, "caller", 0]));
        Console.WriteLine(type.GetMethod("Secret", all)!.MakeGenericMethod(typeof(long)).Invoke(null, [5L]));
        Console.WriteLine(Caller(subject));
        Console.WriteLine(string.Join(" ", typeof(Program).Assembly.GetTypes().Where(t => t.Namespace == "Subjects.Reflection").Select(t => t.Name).Order(StringComparer.Ordinal)));
        Console.WriteLine(Activator.CreateInstance<Subject>().Method(0));
        var method = (Func<int, string, int, int>)Delegate.CreateDelegate(typeof(Func<int, string, int, int>), subject, "Method");
        Console.WriteLine(method(1, "", 0) + " " + method.Method.DeclaringType!.Name);
    }
}
