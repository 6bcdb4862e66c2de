using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>What the probes of one body know of it.</summary>
internal sealed class BodyContext
{
    private BodyContext(MethodContext method, ConstructorChain? chain, int? chainedSite, LocalNames localNames)
    {
        Method = method;
        Chain = chain;
        ChainedSite = chainedSite;
        LocalNames = localNames;
        CompilersStores = new CompilersStores(method);
    }

    /// <summary>The method.</summary>
    public MethodContext Method { get; }

    /// <summary>Where a constructor of a class calls its base, if it is one that does.</summary>
    public ConstructorChain? Chain { get; }

    /// <summary>The method site of what it calls there, where that is traced.</summary>
    public int? ChainedSite { get; }

    /// <summary>What the source calls its local variables, where stores to them are reported.</summary>
    public LocalNames LocalNames { get; }

    /// <summary>Which stores stand nowhere in the source.</summary>
    public CompilersStores CompilersStores { get; }

    /// <summary>Describes a body that is to be copied.</summary>
    /// <param name="method">The method.</param>
    /// <param name="chain">Where a constructor of a class calls its base, if it is one that does.</param>
    /// <param name="chainedSite">The method site of what it calls there, where that is traced.</param>
    public static BodyContext Of(MethodContext method, ConstructorChain? chain, int? chainedSite) =>
        new(method, chain, chainedSite, LocalNames.Of(method.Original, method.KeepsLine && method.Module.Request.Locals));

    /// <summary>Whether the object may be used: not in a constructor before its base has run.</summary>
    public bool MayUseThis { get; set; }
}
