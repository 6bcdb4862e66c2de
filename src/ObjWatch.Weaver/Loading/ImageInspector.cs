using System;
using System.Collections.Generic;
using System.IO;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Tells from its headers what a file is, before Cecil sees it: Cecil reads a ReadyToRun image without a word and calls it mixed mode when
/// it is written, and answers damage with whatever exception its reader happens to run into.
/// </summary>
internal sealed class ImageInspector
{
    private const uint ElfMagic = 0x464C457F;
    private const uint MachOMagic = 0xFEEDFACF;
    private const uint UniversalMachOMagic = 0xBEBAFECA;
    private const uint ReadyToRunMagic = 0x00525452;
    private const int SectionHeaderSize = 40;
    private const int CertificateDirectory = 4;
    private const int CliHeaderDirectory = 14;
    private const uint IntermediateLanguageOnly = 1;

    private readonly byte[] _image;
    private readonly List<(uint Address, uint Size, uint Offset)> _sections = new();

    private ImageInspector(byte[] image) => _image = image;

    /// <summary>Says what the bytes are.</summary>
    public static ImageKind Inspect(byte[] image)
    {
        try
        {
            return new ImageInspector(image).Inspect();
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or EndOfStreamException)
        {
            return ImageKind.Truncated;
        }
    }

    /// <summary>Whether an image of IL bears an Authenticode signature, which covers its bytes.</summary>
    public static bool HasCertificate(byte[] image)
    {
        var inspector = new ImageInspector(image);
        return inspector.Word(inspector.Directories(inspector.Offset(inspector.Word(0x3C)) + 24) + (CertificateDirectory * 8) + 4) != 0;
    }

    private ImageKind Inspect()
    {
        if (_image.Length >= 4 && Word(0) is ElfMagic or MachOMagic or UniversalMachOMagic)
            return ImageKind.Native;
        if (_image.Length < 2 || _image[0] != 'M' || _image[1] != 'Z')
            return ImageKind.NotPortableExecutable;
        int header = Offset(Word(0x3C));
        if (Word(header) != 0x00004550)
            return ImageKind.NotPortableExecutable;

        int sectionCount = Half(header + 6);
        int optionalHeader = header + 24;
        int directories = Directories(optionalHeader);
        int sections = optionalHeader + Half(header + 20);
        if (!ReadSections(sections, sectionCount))
            return ImageKind.Truncated;
        if (Word(directories - 4) <= CliHeaderDirectory)
            return ImageKind.Native;
        uint address = Word(directories + (CliHeaderDirectory * 8));
        return address == 0 ? ImageKind.Native : InspectCliHeader(address);
    }

    private bool ReadSections(int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int section = start + (i * SectionHeaderSize);
            uint size = Word(section + 16);
            uint offset = Word(section + 20);
            if ((ulong)offset + size > (ulong)_image.Length)
                return false;
            _sections.Add((Word(section + 12), size, offset));
        }

        return true;
    }

    private ImageKind InspectCliHeader(uint address)
    {
        int header = Locate(address);
        uint metadata = Word(header + 8);
        if ((ulong)Locate(metadata) + Word(header + 12) > (ulong)_image.Length || Word(Locate(metadata)) != 0x424A5342)
            return ImageKind.Truncated;
        uint native = Word(header + 64);
        if (native != 0)
            return Word(Locate(native)) == ReadyToRunMagic ? ImageKind.ReadyToRun : ImageKind.MixedMode;
        return (Word(header + 16) & IntermediateLanguageOnly) != 0 ? ImageKind.IntermediateLanguage : ImageKind.MixedMode;
    }

    private int Directories(int optionalHeader) => optionalHeader + (Half(optionalHeader) == 0x20B ? 112 : 96);

    private int Locate(uint address)
    {
        foreach ((uint start, uint size, uint offset) in _sections)
        {
            if (address >= start && address - start < size)
                return Offset(address - start + offset);
        }

        throw new EndOfStreamException();
    }

    private int Offset(uint value) => value < (uint)_image.Length ? (int)value : throw new EndOfStreamException();

    private int Half(int offset) => _image[offset] | (_image[offset + 1] << 8);

    private uint Word(int offset) => (uint)(Half(offset) | (Half(offset + 2) << 16));
}
