using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace System.Diagnostics.CodeAnalysis
{
    internal enum DynamicallyAccessedMemberTypes
    {
        PublicMethods = 8,
    }

    internal sealed class DynamicallyAccessedMembersAttribute(DynamicallyAccessedMemberTypes types) : Attribute
    {
        public DynamicallyAccessedMemberTypes MemberTypes => types;
    }

    internal sealed class RequiresUnreferencedCodeAttribute(string message) : Attribute
    {
        public string Message => message;
    }

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    internal sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
    {
        public string Category => category;

        public string CheckId => checkId;
    }
}

namespace Annotated.Old
{
    /// A library for .NET Standard: the trimmer knows the attributes that it declares itself by their names.
    public sealed class OldFinder
    {
        private int _found;

        public int Find([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type)
        {
            _found += type.GetMethod("Double") == null ? 0 : 1;
            return _found;
        }

        [RequiresUnreferencedCode("By name.")]
        public int FindByName(string name)
        {
            Func<Type> find = () => Type.GetType(name + _found);
            _found += find() == null ? 0 : 10;
            return _found;
        }

        [UnconditionalSuppressMessage("Trimming", "IL2026")]
        public int Use(string name)
        {
            Func<int> find = () => FindByName(name);
            return find() + new[] { 1, 2, 3 }.Count(n => n > _found);
        }

        public int Closures(int count)
        {
            Func<int, int> add = n => n + count + _found;
            return new[] { 1, 2, 3 }.Select(add).Where(n => n > 2).Sum();
        }
    }
}
