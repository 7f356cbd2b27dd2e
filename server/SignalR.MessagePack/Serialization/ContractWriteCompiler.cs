using System.Linq.Expressions;
using System.Reflection;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Compiles the code that writes one contract type.</summary>
internal static class ContractWriteCompiler
{
    private static readonly MethodInfo s_writeName = Method(nameof(WriteName));
    private static readonly MethodInfo s_writeMapHeader = Method(nameof(WriteMapHeader));
    private static readonly MethodInfo s_isPresent = Method(nameof(IsPresent));

    public static ContractWrite<T> Compile<T>(SerializerRegistry registry)
    {
        var members = ContractModel.Of(typeof(T)).Members;
        var writer = Expression.Parameter(typeof(MessagePackWriter).MakeByRefType(), "writer");
        var value = Expression.Parameter(typeof(T), "value");

        var header = Expression.Call(s_writeMapHeader, writer, Count(members, value));
        var writes = members.Select(member => WriteMember(member, writer, value, registry));
        return Expression.Lambda<ContractWrite<T>>(Expression.Block([header, .. writes]), writer, value).Compile();
    }

    private static Expression Count(IReadOnlyList<ContractMember> members, Expression value)
    {
        Expression always = Expression.Constant(members.Count(member => !member.IsOptional));
        return members.Where(member => member.IsOptional).Aggregate(always, (count, member) =>
            Expression.Add(count, Expression.Condition(Present(member, value), Expression.Constant(1), Expression.Constant(0))));
    }

    private static Expression WriteMember(ContractMember member, Expression writer, Expression value, SerializerRegistry registry)
    {
        var serializer = registry.Get(member.Type);
        var type = typeof(Serializer<>).MakeGenericType(member.Type);
        var write = Expression.Block(
            Expression.Call(s_writeName, writer, Expression.Constant(member.EncodeName())),
            Expression.Call(
                Expression.Constant(serializer, type),
                type.GetMethod(nameof(Serializer<>.Write))!,
                writer,
                Expression.Property(value, member.Property)));
        return member.IsOptional ? Expression.IfThen(Present(member, value), write) : write;
    }

    private static MethodCallExpression Present(ContractMember member, Expression value) =>
        Expression.Call(s_isPresent.MakeGenericMethod(member.Type), Expression.Property(value, member.Property));

    private static bool IsPresent<TMember>(TMember value) => !EqualityComparer<TMember>.Default.Equals(value, default);

    private static void WriteName(ref MessagePackWriter writer, byte[] encoded) => writer.WriteRaw(encoded);

    private static void WriteMapHeader(ref MessagePackWriter writer, int count) => writer.WriteMapHeader(count);

    private static MethodInfo Method(string name) =>
        typeof(ContractWriteCompiler).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}
