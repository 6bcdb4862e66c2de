using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using ObjWatch.Values.Writing;

namespace ObjWatch.Values.Shapes;

/// <summary>Tells the bytes of a structure that mean something from those between and behind its fields, which a copy may leave as they
/// were.</summary>
internal static class Padding
{
    /// <summary>For each byte of a structure whether it belongs to a field; null where all do, or nobody can tell.</summary>
    /// <param name="type">The structure.</param>
    /// <param name="size">Its size in bytes.</param>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where code can be generated.")]
    public static bool[]? Find(Type type, int size)
    {
#if NET
        if (!RuntimeFeature.IsDynamicCodeSupported || type.ContainsGenericParameters)
            return null;
        try
        {
            var meaning = new bool[size];
            Mark(type, meaning, 0, size);
            return meaning.Contains(false) ? meaning : null;
        }
        catch (Exception)
        {
            // Of a type that resists all bytes count.
            return null;
        }
#else
        return null;
#endif
    }

#if NET
    [RequiresDynamicCode("Generates code.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that trimming removed holds nothing.")]
    private static void Mark(Type type, bool[] meaning, int start, int size)
    {
        FieldInfo[] fields = type is { IsValueType: true, IsPrimitive: false, IsEnum: false } && !HasSizeOfItsOwn(type)
            ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            : [];
        if (fields.Length == 0)
        {
            meaning.AsSpan(start, size).Fill(true);
            return;
        }

        int[] offsets = FieldWriter.OffsetsOf(type, fields);
        int copies = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1;
        for (int i = 0; i < fields.Length; i++)
        {
            Type fieldType = fields[i].FieldType;
            int fieldSize = fieldType.IsValueType ? SizeOf(fieldType) : IntPtr.Size;
            for (int copy = 0; copy < copies; copy++)
                Mark(fieldType, meaning, start + offsets[i] + copy * fieldSize, fieldSize);
        }
    }

    /// <summary>Whether there is more behind the fields, as in a buffer of fixed size.</summary>
    private static bool HasSizeOfItsOwn(Type type) => type.StructLayoutAttribute is { Size: > 0 };

    [RequiresDynamicCode("Makes a generic method.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method's type parameter has no requirements.")]
    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
#endif
}
