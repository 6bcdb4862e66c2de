using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>One kind of probe in one body: writes what reports one kind of change, while the body is copied instruction by
/// instruction.</summary>
/// <remarks>
/// Of each instruction the copy asks, each time all probes in the order of <see cref="ProbeList"/>:
/// <list type="number">
/// <item>whether it ends its statement; branches, returns and throws do anyway. If so, <see cref="EndOfStatement"/>;</item>
/// <item><see cref="Before"/>;</item>
/// <item><see cref="Instead"/>, until one has done what the instruction does; else the instruction is copied as it is;</item>
/// <item><see cref="After"/>, unless it has ended its statement.</item>
/// </list>
/// Where another statement begins: <see cref="EndOfStatement"/> if control may come from the one before, then <see cref="BeginStatement"/>.
/// </remarks>
internal abstract class InstructionProbe
{
    /// <summary>Takes note of the body.</summary>
    protected InstructionProbe(BodyContext body) => Body = body;

    /// <summary>The body that is copied.</summary>
    protected BodyContext Body { get; }

    /// <summary>The method whose body it is.</summary>
    protected MethodContext Context => Body.Method;

    /// <summary>What has been written of the copy, to which everything is added.</summary>
    protected CodeBuilder Output => Body.Method.Code;

    /// <summary>From here on the object may be used: at the start or, in a constructor, behind the call of its base's. Comes once, or
    /// never.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Another statement begins. Nothing may be written: control need not come from the one before.</summary>
    public virtual void BeginStatement()
    {
    }

    /// <summary>Whether an instruction ends its statement though control may go on behind it, because the method must not be looked at
    /// then.</summary>
    public virtual bool EndsStatement(Instruction instruction) => false;

    /// <summary>An instruction is about to be copied; its operands lie on the stack.</summary>
    public virtual void Before(CopiedInstruction copied)
    {
    }

    /// <summary>Writes something that does what the instruction does, and reports that.</summary>
    /// <returns>Whether that has been done; nothing has been written if not.</returns>
    public virtual bool Instead(CopiedInstruction copied) => false;

    /// <summary>An instruction has been copied, or another probe has written something instead.</summary>
    public virtual void After(CopiedInstruction copied)
    {
    }

    /// <summary>Whether <see cref="After"/> will write something behind an instruction.</summary>
    public virtual bool WritesAfter(Instruction instruction) => false;

    /// <summary>On each way out of a statement: what it has changed is looked at.</summary>
    /// <param name="by">The instruction that is about to leave it; null: the next statement follows.</param>
    public virtual void EndOfStatement(Instruction? by)
    {
    }

    /// <summary>Whether there is anything to look at again where the method is left by an exception.</summary>
    public virtual bool LooksAfterThrow => false;

    /// <summary>Where control comes to when a statement throws: what it may have changed until then is looked at.</summary>
    /// <param name="start">Offset of the first instruction that may have thrown.</param>
    /// <param name="end">Offset behind the last.</param>
    public virtual void AfterThrow(int start, int end)
    {
    }
}
