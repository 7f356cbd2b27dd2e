namespace EmotionStream.Rooms;

/// <summary>Why somebody may not do something in a room: a code word for programs, a sentence for people.</summary>
internal sealed record RoomRefusal(string Code, string Detail)
{
    public static RoomRefusal LocalOnly { get; } = new(
        "local_only", "Rooms are open only to users of the server's own machine, until its operator sets Rooms:OperatorKey and hands out tokens.");

    public static RoomRefusal TokenRequired { get; } = new("token_required", "This room needs a token.");

    public static RoomRefusal TokenInvalid { get; } = new("token_invalid", "The token was not made by this server's operator.");

    public static RoomRefusal TokenExpired { get; } = new("token_expired", "The token has expired.");

    public static RoomRefusal WrongRoom { get; } = new("token_wrong_room", "The token is for another room.");

    public static RoomRefusal WrongRole { get; } = new("token_wrong_role", "The token is for another role: sources and viewers have tokens of their own.");

    public static RoomRefusal Full { get; } = new("room_full", "The room has as many of your kind as it can take.");

    public static RoomRefusal TooManyRooms { get; } = new("busy", "The server has as many rooms as it can take. Try again later.");
}
