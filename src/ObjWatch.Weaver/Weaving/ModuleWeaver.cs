using System.Collections.Generic;
using System.IO;
using Mono.Cecil;
using ObjWatch.Trace;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Placeholder: marks the module and changes nothing.</summary>
internal sealed class ModuleWeaver
{
    private readonly ModuleDefinition _module;
    private readonly WeaveRequest _request;

    public ModuleWeaver(ModuleDefinition module, ISelection selection, RuntimeReferences probe, WeaveRequest request, DiagnosticSink sink)
    {
        _module = module;
        _request = request;
    }

    public IReadOnlyList<MethodReport> Weave()
    {
        var table = new SiteTable { WeaverVersion = WovenMark.WeaverVersion, AssemblyName = _module.Assembly.Name.Name };
        foreach (KeyValuePair<string, string> option in WovenMark.Options(_request))
            table.Options.Add(option.Key, option.Value);
        using var stream = new MemoryStream();
        table.Write(stream);
        _module.Resources.Add(new EmbeddedResource(SiteTable.ResourceName, ManifestResourceAttributes.Public, stream.ToArray()));
        return [];
    }
}
