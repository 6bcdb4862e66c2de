using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Loading;

/// <summary>A method body as bytes (ECMA-335, II.25.4): says what is wrong with it, and makes it something that Cecil can copy and the
/// runtime refuses.</summary>
/// <remarks>
/// What the runtime refuses as soon as the method is called becomes a body of <c>pop</c>s. What it refuses only where control comes by,
/// becomes <c>endfinally</c>, which it refuses outside of handlers. All else is left as it is.
/// </remarks>
internal sealed class RawBody
{
    private const byte Pop = 0x26;
    private const byte EndFinally = 0xDC;
    private const byte Prefix = 0xFE;
    private const int MoreSections = 8;

    private static readonly Dictionary<int, OpCode> _opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Size == 1 ? code.Op2 : 0x100 | code.Op2);

    private readonly byte[] _image;
    private readonly RawImage _raw;
    private readonly List<int> _targets = new();
    private readonly HashSet<int> _starts = new();
    private int _code;
    private int _size;
    private string? _fault;

    public RawBody(byte[] image, RawImage raw)
    {
        _image = image;
        _raw = raw;
    }

    /// <summary>Checks a body and repairs it in the image.</summary>
    /// <returns>What is wrong; <see langword="null"/> if nothing is.</returns>
    public string? Repair(uint address)
    {
        int start = _raw.OffsetOf(address);
        bool small = (_image[start] & 3) == 2;
        _code = start + (small ? 1 : 12);
        _size = small ? _image[start] >> 2 : (int)_raw.Word(start + 4);
        if (_size < 0 || _code + _size > _image.Length)
            throw new EndOfStreamException("a method body ends behind the file");
        bool orderly = Walk();
        if (!small)
            orderly &= CheckLocals(start + 8) && ((_image[start] & MoreSections) == 0 || CheckHandlers((_code + _size + 3) & ~3));
        if (!orderly)
            Fill(0, _size, Pop);
        else if (_fault == null && _targets.Any(target => !_starts.Contains(target)))
            _fault = "a branch leads to where no instruction begins";
        return _fault;
    }

    /// <returns>Whether the bytes can be told apart as instructions.</returns>
    private bool Walk()
    {
        for (int at = 0; at < _size;)
        {
            _starts.Add(at);
            int length = _image[_code + at] == Prefix ? 2 : 1;
            if (at + length > _size)
                return Cut();
            int value = length == 2 ? 0x100 | _image[_code + at + 1] : _image[_code + at];
            if (!_opCodes.TryGetValue(value, out OpCode code))
            {
                string number = (value & 0xFF).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
                _fault = "there is no such instruction as " + (length == 2 ? "0xFE" : "0x") + number;
                if (length == 2)
                    return false;
                _image[_code + at++] = EndFinally;
                continue;
            }

            long operand = OperandSize(code, at + length);
            if (at + length + operand > _size)
                return Cut();
            Look(code, at, length, (int)operand);
            at += length + (int)operand;
        }

        return true;
    }

    private bool Cut()
    {
        _fault = "its last instruction is cut off";
        return false;
    }

    private void Look(OpCode code, int at, int length, int size)
    {
        int operand = _code + at + length;
        int next = at + length + size;
        switch (code.OperandType)
        {
            case OperandType.ShortInlineBrTarget:
                _targets.Add(next + (sbyte)_image[operand]);
                break;
            case OperandType.InlineBrTarget:
                _targets.Add(next + (int)_raw.Word(operand));
                break;
            case OperandType.InlineSwitch:
                for (int arm = operand + 4; arm < _code + next; arm += 4)
                    _targets.Add(next + (int)_raw.Word(arm));
                break;
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineString
                or OperandType.InlineTok or OperandType.InlineType:
                if (_raw.Has(_raw.Word(operand), code.OperandType))
                    break;
                _fault = $"{code.Name} uses what is not there";
                Fill(at, next, 0);
                _image[_code + at] = EndFinally;
                break;
        }
    }

    private long OperandSize(OpCode code, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineArg or OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineArg or OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => at + 4 > _size ? int.MaxValue : 4 + (4L * _raw.Word(_code + at)),
        _ => 4,
    };

    private bool CheckLocals(int at)
    {
        uint token = _raw.Word(at);
        if (token == 0 || (token >> 24 == 0x11 && _raw.Has(token)))
            return true;
        Fill(at - _code, at - _code + 4, 0);
        _fault = "its local variables are not there";
        return false;
    }

    private bool CheckHandlers(int at)
    {
        bool fat = (_image[at] & 0x40) != 0;
        int size = fat ? (int)(_raw.Word(at) >> 8) : _image[at + 1];
        for (int clause = at + 4; clause + (fat ? 24 : 12) <= at + size; clause += fat ? 24 : 12)
        {
            int type = clause + (fat ? 20 : 8);
            bool catches = (fat ? _raw.Word(clause) : (uint)_raw.Half(clause)) == 0;
            if (!catches || _raw.Has(_raw.Word(type), OperandType.InlineType))
                continue;
            BitConverter.GetBytes(0x02000001).CopyTo(_image, type);
            _fault = "it catches what is not there";
            return false;
        }

        return true;
    }

    private void Fill(int from, int to, byte value)
    {
        for (int i = from; i < to; i++)
            _image[_code + i] = value;
    }
}
