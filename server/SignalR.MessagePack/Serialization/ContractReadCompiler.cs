using System.Linq.Expressions;
using System.Reflection;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Compiles the code that reads one contract type.</summary>
/// <remarks>
/// Each member gets a local variable, the map's pairs fill them in any order, then the constructor takes its share and the rest is
/// set. What the map leaves out keeps the parameter's or the property's own default.
/// </remarks>
internal static class ContractReadCompiler
{
    private static readonly MethodInfo s_readMapHeader = Method(nameof(ReadMapHeader));
    private static readonly MethodInfo s_skip = Method(nameof(Skip));
    private static readonly MethodInfo s_requireSeen = Method(nameof(RequireSeen));

    public static ContractRead<T> Compile<T>(SerializerRegistry registry)
    {
        var model = ContractModel.Of(typeof(T));
        if (model.Constructor is null && !typeof(T).IsValueType)
        {
            throw new NotSupportedException($"{typeof(T)} can't be received: it has no single public constructor.");
        }

        var reader = Expression.Parameter(typeof(MessagePackReader).MakeByRefType(), "reader");
        var result = Expression.Variable(typeof(T), "result");
        Slot[] slots = [.. model.Members.Where(member => member.IsReadable).Select(Slot.For)];

        var body = Expression.Block(
            [result, .. slots.SelectMany(slot => new[] { slot.Value, slot.Seen })],
            [
                .. slots.Select(slot => slot.Initialize()),
                ReadPairs(slots, reader, registry),
                .. slots.Where(slot => slot.Member.IsRequired).Select(RequirePresence),
                Expression.Assign(result, Construct(model, slots, typeof(T))),
                .. slots.Where(slot => slot.Member.Parameter is null).Select(slot => slot.SetOn(result)),
                result,
            ]);
        return Expression.Lambda<ContractRead<T>>(body, reader).Compile();
    }

    private static BlockExpression ReadPairs(Slot[] slots, Expression reader, SerializerRegistry registry)
    {
        var remaining = Expression.Variable(typeof(int), "remaining");
        var index = Expression.Variable(typeof(int), "index");
        var end = Expression.Label();
        var names = Expression.Constant(new ContractNames(slots.Select(slot => slot.Member)));
        var readName = Expression.Call(names, nameof(ContractNames.Read), null, reader, Expression.Increment(index));

        return Expression.Block(
            [remaining, index],
            Expression.Assign(remaining, Expression.Call(s_readMapHeader, reader)),
            Expression.Assign(index, Expression.Constant(ContractNames.Unknown)),
            Expression.Loop(
                Expression.Block(
                    Expression.IfThen(Expression.Equal(remaining, Expression.Constant(0)), Expression.Break(end)),
                    Expression.PreDecrementAssign(remaining),
                    Expression.Assign(index, readName),
                    ReadValue(slots, index, reader, registry)),
                end));
    }

    private static Expression ReadValue(Slot[] slots, Expression index, Expression reader, SerializerRegistry registry)
    {
        var skip = Expression.Call(s_skip, reader);
        var cases = slots.Select((slot, i) => Expression.SwitchCase(slot.Read(reader, registry), Expression.Constant(i))).ToArray();
        return cases.Length == 0 ? skip : Expression.Switch(typeof(void), index, skip, null, cases);
    }

    private static Expression Construct(ContractModel model, Slot[] slots, Type type)
    {
        if (model.Constructor is null)
        {
            return Expression.Default(type);
        }

        var arguments = model.Constructor.GetParameters().Select(parameter =>
            slots.FirstOrDefault(slot => slot.Member.Parameter == parameter)?.Value ?? Slot.DefaultOf(parameter));
        return Expression.New(model.Constructor, arguments);
    }

    private static MethodCallExpression RequirePresence(Slot slot) =>
        Expression.Call(s_requireSeen, slot.Seen, Expression.Constant(slot.Member.Name));

    private static int ReadMapHeader(ref MessagePackReader reader) => reader.ReadMapHeader();

    private static void Skip(ref MessagePackReader reader) => reader.Skip();

    private static void RequireSeen(bool seen, string name)
    {
        if (!seen)
        {
            throw Malformed.Because($"the required member '{name}' is missing");
        }
    }

    private static MethodInfo Method(string name) =>
        typeof(ContractReadCompiler).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The variables that hold a member until the object can be made.</summary>
    private sealed record Slot(ContractMember Member, ParameterExpression Value, ParameterExpression Seen)
    {
        public static Slot For(ContractMember member) =>
            new(member, Expression.Variable(member.Type, member.Name), Expression.Variable(typeof(bool), member.Name + "Seen"));

        public static Expression DefaultOf(ParameterInfo parameter) => parameter is { HasDefaultValue: true, DefaultValue: { } value }
            ? Expression.Convert(Expression.Constant(value), parameter.ParameterType)
            : Expression.Default(parameter.ParameterType);

        public BinaryExpression Initialize() =>
            Expression.Assign(Value, Member.Parameter is { } parameter ? DefaultOf(parameter) : Expression.Default(Member.Type));

        public BlockExpression Read(Expression reader, SerializerRegistry registry)
        {
            var type = typeof(Serializer<>).MakeGenericType(Member.Type);
            var serializer = Expression.Constant(registry.Get(Member.Type), type);
            return Expression.Block(
                typeof(void),
                Expression.Assign(Value, Expression.Call(serializer, type.GetMethod(nameof(Serializer<>.Read))!, reader)),
                Expression.Assign(Seen, Expression.Constant(true)));
        }

        public ConditionalExpression SetOn(Expression result) =>
            Expression.IfThen(Seen, Expression.Assign(Expression.Property(result, Member.Property), Value));
    }
}
