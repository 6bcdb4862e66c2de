// The build compiles this file without nullable reference types, the tests with them.
#nullable disable
using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ObjWatch.Build;

/// <summary>
/// Writes a copy of an ELF library (64 bit, little endian) in which a version of another library is wanted and no longer needed, if the
/// system's own copy of that other library does not have the version. Compiled by the build: see LibTorch.targets.
/// </summary>
public class WeakenVersionNeed : Task
{
    // Names and offsets as in elf(5): Elf64_Ehdr, Elf64_Shdr, Elf64_Verneed, Elf64_Vernaux.
    private const int SectionTableOffset = 0x28;
    private const int SectionEntrySize = 0x3A;
    private const int SectionCount = 0x3C;
    private const uint VersionNeedSection = 0x6ffffffe;
    private const byte WeakFlag = 2;

    /// <summary>The library to copy.</summary>
    [Required]
    public string Library { get; set; }

    /// <summary>The file name of the library that may lack the version.</summary>
    [Required]
    public string Provider { get; set; }

    /// <summary>The version.</summary>
    [Required]
    public string Version { get; set; }

    /// <summary>Where the copy goes; deleted when none is needed.</summary>
    [Required]
    public string Copy { get; set; }

    /// <summary>A text file that says what was found out.</summary>
    [Required]
    public string Answer { get; set; }

    public override bool Execute()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Copy));
        File.Delete(Copy);
        string provider = FindProvider();
        string answer;
        if (provider == null)
        {
            answer = "There is no " + Provider + ": nothing is changed.";
        }
        else if (Encoding.ASCII.GetString(File.ReadAllBytes(provider)).Contains("\0" + Version + "\0"))
        {
            answer = provider + " has " + Version + ": nothing is changed.";
        }
        else
        {
            byte[] image = File.ReadAllBytes(Library);
            int found = Weaken(image);
            if (found > 0)
                File.WriteAllBytes(Copy, image);
            answer = provider + " lacks " + Version + ", which " + Library + " names as needed " + found + " times.";
        }

        File.WriteAllText(Answer, answer + "\n");
        Log.LogMessage(MessageImportance.Normal, answer);
        return true;
    }

    // The runtime that executes this build has loaded the library that it will load for programs too.
    private string FindProvider()
    {
        return File.ReadLines("/proc/self/maps")
            .Select(line => line.Substring(line.IndexOf('/') + 1))
            .Where(path => path.EndsWith("/" + Provider, StringComparison.Ordinal) || path.Contains("/" + Provider + "."))
            .Select(path => "/" + path)
            .FirstOrDefault(File.Exists);
    }

    private int Weaken(byte[] image)
    {
        long sections = BitConverter.ToInt64(image, SectionTableOffset);
        int size = BitConverter.ToUInt16(image, SectionEntrySize);
        int found = 0;
        for (int i = 0; i < BitConverter.ToUInt16(image, SectionCount); i++)
        {
            int section = (int)(sections + i * size);
            if (BitConverter.ToUInt32(image, section + 4) != VersionNeedSection)
                continue;
            int names = (int)(sections + BitConverter.ToUInt32(image, section + 40) * size);
            found += Weaken(image, (int)BitConverter.ToInt64(image, section + 24), (int)BitConverter.ToInt64(image, names + 24));
        }

        return found;
    }

    private int Weaken(byte[] image, int need, int names)
    {
        int found = 0;
        while (true)
        {
            int version = need + BitConverter.ToInt32(image, need + 8);
            for (int i = 0; i < BitConverter.ToUInt16(image, need + 2); i++)
            {
                int name = names + BitConverter.ToInt32(image, version + 8);
                if (Encoding.ASCII.GetString(image, name, Array.IndexOf(image, (byte)0, name) - name) == Version)
                {
                    image[version + 4] |= WeakFlag;
                    found++;
                }

                version += BitConverter.ToInt32(image, version + 12);
            }

            int next = BitConverter.ToInt32(image, need + 12);
            if (next == 0)
                return found;
            need += next;
        }
    }
}
