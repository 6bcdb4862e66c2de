using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Shapes;

namespace ObjWatch.Values.Writing;

/// <summary>Captures the exception that left a method: its type and message, without running a message the user wrote.</summary>
internal static unsafe class ExceptionWriter
{
    private static readonly FieldInfo? _messageField =
        typeof(Exception).GetField("_message", BindingFlags.Instance | BindingFlags.NonPublic);
    private static readonly ConditionalWeakTable<Type, object> _messageIsFrameworks = new();

    public static void WriteGuarded(RecordBuffer recorder, object? exception)
    {
        long start = recorder.Cursor - recorder.RecordStart;
        try
        {
            if (exception == null)
            {
                ValueWriter.WriteTag(recorder, ValueTag.Null);
                return;
            }

            if (exception is not Exception known)
            {
                ValueWriter.WriteReference(recorder, exception, Nesting.None);
                return;
            }

            TypeShape shape = TypeShape.Of(known.GetType());
            if (!ValueWriter.WriteNumbered(recorder, ValueTag.Exception, shape.Number, 0))
                return;
            ValueWriter.WriteReference(recorder, MessageOf(known), Nesting.None);
        }
        catch (Exception failure)
        {
            ValueWriter.Abandon(recorder, start, failure);
        }
    }

    private static string? MessageOf(Exception exception)
    {
        bool mayAsk = (bool)_messageIsFrameworks.GetValue(exception.GetType(), static type => IsFrameworks(type))
            && !AsksTheProgram(exception);
        return mayAsk ? exception.Message : _messageField?.GetValue(exception) as string;
    }

    /// <summary>The message of an aggregate asks those of its inner exceptions, and that of an argument out of range shows the argument's
    /// text.</summary>
    private static bool AsksTheProgram(Exception exception) => exception is AggregateException
        || (exception is ArgumentOutOfRangeException outOfRange && (outOfRange.GetType() != typeof(ArgumentOutOfRangeException)
            || (outOfRange.ActualValue is { } value && value is not string && !BoxedPrimitive.Is(value.GetType()))));

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Message is virtual: an override is kept with its type.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Message is virtual: an override is kept with its type.")]
    private static bool IsFrameworks(Type type)
    {
        for (Type? declaring = type; declaring != null; declaring = declaring.BaseType)
        {
            const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;
            if (declaring.GetProperty(nameof(Exception.Message), Declared) != null)
                return FrameworkTypes.Owns(declaring);
        }

        return false;
    }
}
