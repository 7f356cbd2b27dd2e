using System.Buffers.Text;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Rooms;

/// <summary>A token says what was signed, and nothing else is a token.</summary>
public class RoomTokenPropertyTests
{
    private static readonly RoomTokens Tokens = new(Options.Create(new RoomsOptions { OperatorKey = "a key of the operator's own" }));

    private static readonly Gen<RoomPass> Pass =
        from room in Gen.Elements("abz09-_. äß漢\U0001F600".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ListOf().Select(string.Concat)
        from role in Gen.Elements(Enum.GetValues<RoomRole>())
        from until in Gen.Choose(0, int.MaxValue)
        select new RoomPass(room[..Math.Min(room.Length, 30)].TrimEnd('\uD83D'), role, DateTimeOffset.FromUnixTimeMilliseconds(1000L * until));

    [Fact]
    public void Read_OfWhatWasSigned_IsTheSame() =>
        Prop.ForAll(Pass.ToArbitrary(), pass => Assert.Equal(pass, Tokens.Read(Tokens.Sign(pass)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_WithAnyBitChanged_IsNothing()
    {
        var changed = from pass in Pass from place in Gen.Choose(0, int.MaxValue) select (pass, place);

        Prop.ForAll(changed.ToArbitrary(), change =>
        {
            var bytes = Base64Url.DecodeFromChars(Tokens.Sign(change.pass));
            bytes[change.place / 8 % bytes.Length] ^= (byte)(1 << (change.place % 8));

            Assert.Null(Tokens.Read(Base64Url.EncodeToString(bytes)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Read_OfAnyText_IsNothing() =>
        Prop.ForAll<string?>(text => Assert.Null(Tokens.Read(text ?? ""))).QuickCheckThrowOnFailure();
}
