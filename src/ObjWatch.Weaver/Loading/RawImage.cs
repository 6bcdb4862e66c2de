using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Mono.Cecil;

namespace ObjWatch.Weaver.Loading;

/// <summary>The bytes of an assembly, with as much of its metadata as it takes to say whether a token leads anywhere (ECMA-335, II.24 and
/// II.25).</summary>
internal sealed class RawImage
{
    private readonly byte[] _image;
    private readonly List<(uint Address, uint Size, uint Offset)> _sections = new();
    private readonly uint[] _rows = new uint[64];
    private uint _textSize;

    /// <summary>Reads the headers of an image that <see cref="ImageInspector"/> has found to be an assembly of IL.</summary>
    /// <exception cref="Exception">The metadata is damaged.</exception>
    public RawImage(byte[] image)
    {
        _image = image;
        int header = (int)Word(0x3C);
        int optionalHeader = header + 24;
        int sections = optionalHeader + Half(header + 20);
        for (int i = 0; i < Half(header + 6); i++, sections += 40)
            _sections.Add((Word(sections + 12), Word(sections + 16), Word(sections + 20)));
        int directories = optionalHeader + (Half(optionalHeader) == 0x20B ? 112 : 96);
        ReadStreams(OffsetOf(Word(OffsetOf(Word(directories + (14 * 8))) + 8)));
    }

    /// <summary>Two bytes.</summary>
    public int Half(int offset) => _image[offset] | (_image[offset + 1] << 8);

    /// <summary>Four bytes.</summary>
    public uint Word(int offset) => (uint)(Half(offset) | (Half(offset + 2) << 16));

    /// <summary>Where in the file an address of the loaded image is.</summary>
    /// <exception cref="EndOfStreamException">Nowhere.</exception>
    public int OffsetOf(uint address)
    {
        foreach ((uint start, uint size, uint offset) in _sections)
        {
            if (address >= start && address - start < size)
                return (int)(address - start + offset);
        }

        throw new EndOfStreamException();
    }

    /// <summary>Whether a token names a row of a table, or a text.</summary>
    public bool Has(uint token)
    {
        uint row = token & 0xFFFFFF;
        if (token >> 24 == 0x70)
            return row < _textSize;
        return row != 0 && token >> 24 < _rows.Length && row <= _rows[token >> 24];
    }

    /// <summary>Whether a token names something of a kind that an instruction can use.</summary>
    public bool Has(uint token, Mono.Cecil.Cil.OperandType use) => Has(token) && (TokenType)(token & 0xFF000000) is var type && use switch
    {
        Mono.Cecil.Cil.OperandType.InlineString => type == TokenType.String,
        Mono.Cecil.Cil.OperandType.InlineSig => type == TokenType.Signature,
        Mono.Cecil.Cil.OperandType.InlineField => type is TokenType.Field or TokenType.MemberRef,
        Mono.Cecil.Cil.OperandType.InlineMethod => type is TokenType.Method or TokenType.MemberRef or TokenType.MethodSpec,
        Mono.Cecil.Cil.OperandType.InlineType => type is TokenType.TypeDef or TokenType.TypeRef or TokenType.TypeSpec,
        _ => type is TokenType.TypeDef or TokenType.TypeRef or TokenType.TypeSpec or TokenType.Field or TokenType.Method
            or TokenType.MemberRef or TokenType.MethodSpec,
    };

    private void ReadStreams(int root)
    {
        int at = root + 16 + (int)Word(root + 12);
        int count = Half(at + 2);
        at += 4;
        for (int i = 0; i < count; i++)
        {
            int end = Array.IndexOf(_image, (byte)0, at + 8);
            string name = Encoding.ASCII.GetString(_image, at + 8, end - at - 8);
            if (name == "#US")
                _textSize = Word(at + 4);
            else if (name is "#~" or "#-")
                ReadRowCounts(root + (int)Word(at));
            at = root + ((end + 4 - root) & ~3);
        }
    }

    private void ReadRowCounts(int tables)
    {
        int at = tables + 24;
        for (int table = 0; table < _rows.Length; table++)
        {
            if ((Word(tables + 8 + (table / 32 * 4)) & (1u << (table % 32))) == 0)
                continue;
            _rows[table] = Word(at);
            at += 4;
        }
    }
}
