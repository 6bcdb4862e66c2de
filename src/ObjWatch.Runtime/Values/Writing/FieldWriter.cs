using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
#if NET
using System.Reflection.Emit;
#endif

namespace ObjWatch.Values.Writing;

/// <summary>Writes one field of a structure from where it lies. Reflection would box the structure and the field.</summary>
internal readonly struct FieldWriter
{
    private readonly int _offset;
    private readonly WriteAt _write;

    private FieldWriter(int offset, WriteAt write)
    {
        _offset = offset;
        _write = write;
    }

    private delegate void WriteAt(RecordBuffer recorder, ref byte place, Nesting nesting);

    /// <summary>Writes the field of the structure at a place.</summary>
    public void Write(RecordBuffer recorder, ref byte structure, Nesting nesting) =>
        _write(recorder, ref Unsafe.AddByteOffset(ref structure, (IntPtr)_offset), nesting);

    /// <summary>The field of the structure at a place, which is a reference.</summary>
    public object? ReferenceIn(ref byte structure) => Unsafe.As<byte, object?>(ref Unsafe.AddByteOffset(ref structure, (IntPtr)_offset));

    /// <summary>The writers of some fields of a structure; null where there is only reflection.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where code can be generated.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method's type parameter has no requirements.")]
    public static FieldWriter[]? For(Type type, FieldInfo[] fields)
    {
#if NET
        if (!RuntimeFeature.IsDynamicCodeSupported || type.ContainsGenericParameters)
            return null;
        try
        {
            MethodInfo open = typeof(FieldWriter).GetMethod(nameof(WriteField), BindingFlags.Static | BindingFlags.NonPublic)!;
            int[] offsets = OffsetsOf(type, fields);
            var writers = new FieldWriter[fields.Length];
            for (int i = 0; i < fields.Length; i++)
            {
                Type fieldType = fields[i].FieldType.IsValueType ? fields[i].FieldType : typeof(object);
                writers[i] = new FieldWriter(offsets[i], open.MakeGenericMethod(fieldType).CreateDelegate<WriteAt>());
            }

            return writers;
        }
        catch (Exception)
        {
            // A type that resists is read by reflection, as where no code can be generated.
            return null;
        }
#else
        return null;
#endif
    }

#if NET
    private static void WriteField<T>(RecordBuffer recorder, ref byte place, Nesting nesting) =>
        ValueWriter.WriteInner(recorder, ref Unsafe.As<byte, T>(ref place), nesting);

    /// <summary>Asks the only one who knows: code that takes the address of each field of a structure.</summary>
    [RequiresDynamicCode("Generates code.")]
    public static int[] OffsetsOf(Type type, FieldInfo[] fields)
    {
        var method = new DynamicMethod("Offsets", null, [typeof(int[])], typeof(FieldWriter).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        LocalBuilder structure = code.DeclareLocal(type);
        for (int i = 0; i < fields.Length; i++)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldloca, structure);
            code.Emit(OpCodes.Ldflda, fields[i]);
            code.Emit(OpCodes.Conv_U);
            code.Emit(OpCodes.Ldloca, structure);
            code.Emit(OpCodes.Conv_U);
            code.Emit(OpCodes.Sub);
            code.Emit(OpCodes.Conv_I4);
            code.Emit(OpCodes.Stelem_I4);
        }

        code.Emit(OpCodes.Ret);
        var offsets = new int[fields.Length];
        method.CreateDelegate<Action<int[]>>()(offsets);
        return offsets;
    }
#endif
}
