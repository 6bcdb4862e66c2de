using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;

namespace ObjWatch.Weaver.Planning;

/// <summary>Tells code that cannot throw.</summary>
internal static class HarmlessCode
{
    /// <summary>Whether nothing in the method can throw.</summary>
    public static bool CannotThrow(MethodDefinition method)
    {
        if (!method.Body.Instructions.All(i => Is(i.OpCode.Code)))
            return false;
        HashSet<Instruction> ofThis = FieldsOfThis.AccessesOf(method, method.Body.Instructions.Count);
        return method.Body.Instructions.All(i => i.OpCode.Code is not (Code.Ldfld or Code.Stfld) || ofThis.Contains(i));
    }

    /// <summary>Whether the instruction cannot throw; of the access to a field that is true if the object is there.</summary>
    public static bool Is(Code code) => code switch
    {
        Code.Nop or Code.Dup or Code.Pop or Code.Ret or Code.Ldnull or Code.Ldfld or Code.Stfld => true,
        >= Code.Ldarg_0 and <= Code.Ldc_R8 => true,
        >= Code.Br_S and <= Code.Switch => true,
        Code.Add or Code.Sub or Code.Mul => true,
        >= Code.And and <= Code.Conv_U8 => true,
        Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un => true,
        Code.Ldarg or Code.Ldarga or Code.Starg or Code.Ldloc or Code.Ldloca or Code.Stloc => true,
        _ => false,
    };
}
