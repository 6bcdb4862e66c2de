using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Bytes of recorded values, put together by the specification and not by the recorder.</summary>
internal static class Value
{
    public static byte[] Void => [(byte)ValueTag.Void];

    public static byte[] Null => [(byte)ValueTag.Null];

    public static byte[] Opaque => [(byte)ValueTag.Opaque];

    public static byte[] Int(int value) => Tagged(ValueTag.Int32, writer => writer.Write(value));

    public static byte[] Object(long number, int type) =>
        Tagged(ValueTag.Object, writer => writer.Write(TraceFormat.Identity(number, type)));

    public static byte[] Text(string text, int? length = null) => Tagged(ValueTag.String, writer =>
    {
        writer.Write(length ?? text.Length);
        writer.Write((ushort)text.Length);
        foreach (char unit in text)
            writer.Write((ushort)unit);
    });

    public static byte[] Enum(int type, long raw) => Tagged(ValueTag.Enum, writer =>
    {
        writer.Write(type);
        writer.Write(raw);
    });

    public static byte[] Collection(int type, uint count, params byte[][] values) => Tagged(ValueTag.Collection, writer =>
    {
        writer.Write(type);
        writer.Write(count);
        writer.Write((byte)values.Length);
        foreach (byte[] value in values)
            writer.Write(value);
    });

    public static byte[] Dictionary(int type, uint count, params byte[][] keysAndValues) => Tagged(ValueTag.Dictionary, writer =>
    {
        writer.Write(type);
        writer.Write(count);
        writer.Write((byte)(keysAndValues.Length / 2));
        foreach (byte[] value in keysAndValues)
            writer.Write(value);
    });

    public static byte[] Struct(int type, params byte[][] values) => Tagged(ValueTag.Struct, writer =>
    {
        writer.Write(type);
        writer.Write((byte)values.Length);
        foreach (byte[] value in values)
            writer.Write(value);
    });

    public static byte[] Tuple(params byte[][] values) => Tagged(ValueTag.Tuple, writer =>
    {
        writer.Write((byte)values.Length);
        foreach (byte[] value in values)
            writer.Write(value);
    });

    public static byte[] Exception(int type, string? message) => Tagged(ValueTag.Exception, writer =>
    {
        writer.Write(type);
        writer.Write(message is null ? Null : Text(message));
    });

    public static byte[] UnderConstruction(long number, int site) => Tagged(ValueTag.UnderConstruction, writer =>
    {
        writer.Write(number);
        writer.Write(site);
    });

    public static byte[] Tagged(ValueTag tag, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((byte)tag);
        write(writer);
        writer.Flush();
        return bytes.ToArray();
    }
}
